namespace Xunke.Web.Simulation;

/// <summary>The demo's simulated cameras.</summary>
internal static class DemoFeature
{
    public static void AddDemo(this WebApplicationBuilder builder)
    {
        _ = builder;
    }
}
