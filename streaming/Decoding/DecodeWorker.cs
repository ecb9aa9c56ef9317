using System.Globalization;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;
using Xunke.Streaming.Decoding.Libav;
using Xunke.Streaming.Decoding.Workers;

namespace Xunke.Streaming.Decoding;

/// <summary>
/// The <c>decode-worker</c> sub-command: decodes the rooms that a <see cref="DecoderPool"/> gives it over standard input
/// and output. A process of its own, so that a bitstream that crashes a decoder takes nothing else with it.
/// </summary>
public static class DecodeWorker
{
    /// <summary>The name of the sub-command.</summary>
    public const string Command = "decode-worker";

    private const int Done = 0;
    private const int WrongUse = 2;
    private const int NoLibraries = 3;
    private const int BrokenProtocol = 4;

    /// <summary>Works until the input ends, which it does when the parent goes.</summary>
    /// <param name="args">The words after the sub-command: the width and height of the analysis size, in pixels.</param>
    /// <param name="cancellationToken">Checked before the work starts; afterwards the end of the input is what ends it.</param>
    /// <returns>The exit code: 0 when the input ended, 2 on wrong arguments, 3 without FFmpeg's libraries, 4 on a broken
    /// protocol.</returns>
    public static Task<int> RunAsync(string[] args, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (args.Length != 2
            || !int.TryParse(args[0], CultureInfo.InvariantCulture, out var width) || width is < 1 or > ushort.MaxValue
            || !int.TryParse(args[1], CultureInfo.InvariantCulture, out var height) || height is < 1 or > ushort.MaxValue)
        {
            Console.Error.WriteLine($"usage: {Command} WIDTH HEIGHT (started by the server, not by hand)");
            return Task.FromResult(WrongUse);
        }

        // Ctrl-C in a terminal reaches the whole group; the parent ends its workers itself when it is ready to.
        using var interrupts = PosixSignalRegistration.Create(PosixSignal.SIGINT, signal => signal.Cancel = true);
        ParentWatch.Start();
        return Task.FromResult(Run(new AnalysisSize(width, height)));
    }

    private static int Run(AnalysisSize size)
    {
        using var input = OpenDescriptor(0, FileAccess.Read);
        using var output = OpenDescriptor(1, FileAccess.Write);
        using var loop = new WorkerLoop(input, output, size);
        try
        {
            loop.Run();
            return Done;
        }
        catch (LibavException missing)
        {
            Console.Error.WriteLine(missing.Message);
            return NoLibraries;
        }
        catch (InvalidDataException broken)
        {
            Console.Error.WriteLine($"The server broke the worker protocol: {broken.Message}");
            return BrokenProtocol;
        }
        catch (IOException)
        {
            // The parent has gone in the middle of a message.
            return Done;
        }
    }

    private static FileStream OpenDescriptor(int descriptor, FileAccess access) =>
        new(new SafeFileHandle(descriptor, ownsHandle: false), access, bufferSize: access == FileAccess.Read ? 64 * 1024 : 0);
}
