#pragma warning disable CA1050 // The runtime looks for it outside all namespaces.

/// <summary>Loaded by the runtime into a server that <c>CrashTests</c> starts: fails there as a bug would.</summary>
internal static class StartupHook
{
    public const string Variable = "XUNKE_TEST_SABOTAGE";

    public static void Initialize()
    {
        // The server's own children inherit the variable.
        switch (Environment.GetCommandLineArgs().Contains("--urls") ? Environment.GetEnvironmentVariable(Variable) : null)
        {
            case "thread":
                After(static () => throw new InvalidOperationException("the saboteur's thread"));
                break;
            case "task":
                After(static () =>
                {
                    while (true)
                    {
                        Forget();
                        Thread.Sleep(500);
                        GC.Collect();
                        GC.WaitForPendingFinalizers();
                    }
                });
                break;
        }
    }

    private static void Forget() => _ = Task.Run(static () => throw new InvalidOperationException("the saboteur's task"));

    private static void After(ThreadStart fail) => new Thread(() =>
    {
        Thread.Sleep(TimeSpan.FromSeconds(10));
        fail();
    })
    { IsBackground = true }.Start();
}
