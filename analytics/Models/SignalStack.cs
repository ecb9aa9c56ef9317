using System.Runtime.InteropServices;

namespace Xunke.Analytics.Models;

/// <summary>
/// The stack on which a thread's hardware faults are handled. The runtime turns such a fault into a NullReferenceException;
/// it gives its threads 16 kB for that. On processors with AMX a thread that has run a network in whole numbers carries 8 kB of
/// tiles more, which the kernel writes there first, and then the handler has no room: a plain null reference on this thread would end
/// the whole process (seen with .NET 10 and ONNX Runtime 1.31 on Sapphire Rapids).
/// </summary>
internal static unsafe partial class SignalStack
{
    private const int Length = 64 * 1024;
    private const int Page = 4096;

    private const int ReadAndWrite = 3; // PROT_READ | PROT_WRITE
    private const int PrivateAnonymous = 0x22; // MAP_PRIVATE | MAP_ANONYMOUS
    private const int Disabled = 2; // SS_DISABLE

    [ThreadStatic]
    private static bool _isLarge;

    /// <summary>Gives the calling thread a larger one, once; called before a network is run on it.</summary>
    public static void Enlarge()
    {
        if (_isLarge || !OperatingSystem.IsLinux() || RuntimeInformation.ProcessArchitecture is not Architecture.X64)
        {
            return;
        }

        _isLarge = true;
        nint memory = MapMemory(0, Length, ReadAndWrite, PrivateAnonymous, -1, 0);
        if (memory == -1)
        {
            return; // Too little memory: the thread keeps the one that it has.
        }

        // The lowest page may not be touched: an overflow is a fault and no silent damage.
        _ = ProtectMemory(memory, Page, 0);
        var large = new AlternateStack { Start = memory, Length = Length };
        AlternateStack given;
        if (SetAlternateStack(&large, &given) != 0)
        {
            _ = UnmapMemory(memory, Length);
        }
        else if ((given.Flags & Disabled) == 0)
        {
            // At a thread's end the runtime unmaps the one that it finds; this one nobody would.
            _ = UnmapMemory(given.Start, given.Length);
        }
    }

    [LibraryImport("libc", EntryPoint = "sigaltstack")]
    private static partial int SetAlternateStack(AlternateStack* wanted, AlternateStack* given);

    [LibraryImport("libc", EntryPoint = "mmap")]
    private static partial nint MapMemory(nint start, nuint length, int protection, int flags, int file, nint offset);

    [LibraryImport("libc", EntryPoint = "mprotect")]
    private static partial int ProtectMemory(nint start, nuint length, int protection);

    [LibraryImport("libc", EntryPoint = "munmap")]
    private static partial int UnmapMemory(nint start, nuint length);

    /// <summary>stack_t of Linux on x64.</summary>
    [StructLayout(LayoutKind.Sequential)]
    private struct AlternateStack
    {
        public nint Start;
        public int Flags;
        public nuint Length;
    }
}
