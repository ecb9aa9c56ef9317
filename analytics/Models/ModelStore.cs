using System.Diagnostics;
using System.Security.Cryptography;
using Google.Protobuf;
using Microsoft.Extensions.Logging;
using Xunke.Analytics.Models.TensorFlowJs;

namespace Xunke.Analytics.Models;

/// <summary>
/// Keeps imported models. A model is converted and checked once and then kept in a cache directory under a name that
/// holds the hash of its source and the version of the importer, so a new source or importer never meets an old file.
/// Beside each file lies its own hash: one that was damaged or cut short is imported again.
/// </summary>
public static partial class ModelStore
{
    /// <summary>Raise this when the importer writes anything else than before, or a table of ranges has changed.</summary>
    private const int ImporterVersion = 5;

    /// <summary>Where the build puts the models' sources: models/tfjs beside the program.</summary>
    public static string DefaultSourceDirectory => Path.Combine(AppContext.BaseDirectory, "models", "tfjs");

    /// <summary>Cache shared by the checkouts and tools of one account: xunke/models in $XDG_CACHE_HOME, by default ~/.cache.</summary>
    public static string SharedCacheDirectory => Path.Combine(
        Environment.GetEnvironmentVariable("XDG_CACHE_HOME") is { Length: > 0 } cache
            ? cache
            : Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".cache"),
        "xunke",
        "models");

    /// <summary>Returns the imported models, importing first what is not there. Several processes may do so at once.</summary>
    /// <param name="cacheDirectory">Holds the imported ones; created if missing.</param>
    /// <exception cref="ModelImportException">A source is missing, damaged or not understood, or the result is not right.</exception>
    /// <exception cref="IOException">The cache directory cannot be written.</exception>
    public static async Task<ModelFiles> EnsureAsync(
        string sourceDirectory, string cacheDirectory, ILogger logger, ModelPrecision precision = ModelPrecision.Int8,
        CancellationToken cancellation = default)
    {
        Directory.CreateDirectory(cacheDirectory);
        string multiPose = await EnsureAsync(ModelRecipe.MultiPose, sourceDirectory, cacheDirectory, logger, precision, cancellation)
            .ConfigureAwait(false);
        string singlePose = await EnsureAsync(ModelRecipe.SinglePose, sourceDirectory, cacheDirectory, logger, precision, cancellation)
            .ConfigureAwait(false);
        return new ModelFiles(multiPose, singlePose);
    }

    private static async Task<string> EnsureAsync(
        ModelRecipe recipe, string sourceDirectory, string cacheDirectory, ILogger logger, ModelPrecision precision,
        CancellationToken cancellation)
    {
        string source = Path.Combine(sourceDirectory, recipe.Name + ".json");
        string sourceHash = await HashSourceAsync(recipe.Name, sourceDirectory, cancellation).ConfigureAwait(false);
        ActivationRanges ranges = precision == ModelPrecision.Int8 ? ActivationRanges.Of(recipe) : ActivationRanges.None;
        string target =
            Path.Combine(cacheDirectory, $"{recipe.Name}-v{ImporterVersion}-{sourceHash[..16]}{(ranges.IsEmpty ? "" : "-int8")}.onnx");
        if (await IsIntactAsync(target, cancellation).ConfigureAwait(false))
        {
            return target;
        }

        long started = Stopwatch.GetTimestamp();
        GraphModel model = GraphModelReader.Read(source);
        byte[] onnx = GraphConverter.Convert(model, recipe).ToByteArray();
        cancellation.ThrowIfCancellationRequested();
        ModelCheck.Verify(model, recipe, onnx);
        if (!ranges.IsEmpty)
        {
            onnx = GraphConverter.Convert(model, recipe, ranges).ToByteArray();
            ModelCheck.VerifyInt8(model, recipe, onnx);
        }

        await WriteAsync(target, onnx, cancellation).ConfigureAwait(false);
        await WriteAsync(HashFile(target), SHA256.HashData(onnx), cancellation).ConfigureAwait(false);
        LogImported(logger, recipe.Name, onnx.Length, Stopwatch.GetElapsedTime(started));
        return target;
    }

    private static string HashFile(string target) => target + ".sha256";

    private static async Task<bool> IsIntactAsync(string target, CancellationToken cancellation)
    {
        if (!File.Exists(target) || !File.Exists(HashFile(target)))
        {
            return false;
        }

        byte[] expected = await File.ReadAllBytesAsync(HashFile(target), cancellation).ConfigureAwait(false);
        using FileStream file = File.OpenRead(target);
        byte[] actual = await SHA256.HashDataAsync(file, cancellation).ConfigureAwait(false);
        return actual.AsSpan().SequenceEqual(expected);
    }

    private static async Task<string> HashSourceAsync(string name, string directory, CancellationToken cancellation)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (string extension in (string[])[".json", ".bin"])
        {
            string path = Path.Combine(directory, name + extension);
            if (!File.Exists(path))
            {
                throw new ModelImportException($"The model file {path} is missing. Build the project again: the build fetches the models.");
            }

            hash.AppendData(await File.ReadAllBytesAsync(path, cancellation).ConfigureAwait(false));
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    /// <summary>Writes under another name and renames, so that no one ever sees half a file.</summary>
    private static async Task WriteAsync(string target, byte[] content, CancellationToken cancellation)
    {
        string part = $"{target}.{Guid.NewGuid():n}.part";
        try
        {
            await File.WriteAllBytesAsync(part, content, cancellation).ConfigureAwait(false);
            File.Move(part, target, overwrite: true);
        }
        finally
        {
            File.Delete(part);
        }
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Imported {Model}: {Bytes} bytes, converted and checked in {Elapsed}")]
    private static partial void LogImported(ILogger logger, string model, int bytes, TimeSpan elapsed);
}
