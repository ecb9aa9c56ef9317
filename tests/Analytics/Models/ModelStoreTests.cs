using Microsoft.Extensions.Logging.Abstractions;
using Shouldly;
using Xunit;
using Xunke.Analytics.Models;
using Xunke.Tests.Support;

namespace Xunke.Tests.Analytics.Models;

/// <summary>The cache of imported models, on a real directory.</summary>
public sealed class ModelStoreTests : IDisposable
{
    private readonly TemporaryDirectory _source = new();
    private readonly TemporaryDirectory _cache = new();

    public ModelStoreTests()
    {
        foreach (string file in Directory.GetFiles(ModelStore.DefaultSourceDirectory))
        {
            File.Copy(file, _source.File(Path.GetFileName(file)));
        }
    }

    public void Dispose()
    {
        _source.Dispose();
        _cache.Dispose();
    }

    [Fact]
    public async Task A_model_is_imported_once_and_then_taken_from_the_cache()
    {
        ModelFiles first = await EnsureAsync();
        DateTime written = File.GetLastWriteTimeUtc(first.MultiPose);

        ModelFiles second = await EnsureAsync();

        second.ShouldBe(first);
        File.GetLastWriteTimeUtc(second.MultiPose).ShouldBe(written);
        Directory.GetFiles(_cache.Path, "*.part").ShouldBeEmpty();
    }

    // Otherwise every account's shared cache keeps what an older importer wrote.
    [Fact]
    public async Task A_changed_importer_has_a_version_of_its_own()
    {
        ModelFiles now = await EnsureAsync();
        ModelFiles cached = await ImportedModels.GetAsync();

        foreach ((string written, string kept) in ((string, string)[])[(now.SinglePose, cached.SinglePose),
            (now.MultiPose, cached.MultiPose)])
        {
            Path.GetFileName(written).ShouldBe(Path.GetFileName(kept));
            (await File.ReadAllBytesAsync(written, TestContext.Current.CancellationToken))
                .ShouldBe(await File.ReadAllBytesAsync(kept, TestContext.Current.CancellationToken), "raise ModelStore.ImporterVersion");
        }
    }

    [Fact]
    public async Task A_damaged_or_truncated_file_in_the_cache_is_imported_again()
    {
        ModelFiles files = await EnsureAsync();
        byte[] good = await File.ReadAllBytesAsync(files.SinglePose, TestContext.Current.CancellationToken);
        byte[] damaged = [.. good];
        damaged[good.Length / 2] ^= 0x40;
        await File.WriteAllBytesAsync(files.SinglePose, damaged, TestContext.Current.CancellationToken);

        await EnsureAsync();

        (await File.ReadAllBytesAsync(files.SinglePose, TestContext.Current.CancellationToken)).ShouldBe(good);

        await File.WriteAllBytesAsync(files.SinglePose, good[..1000], TestContext.Current.CancellationToken);

        await EnsureAsync();

        (await File.ReadAllBytesAsync(files.SinglePose, TestContext.Current.CancellationToken)).ShouldBe(good);
    }

    [Fact]
    public async Task A_missing_source_is_named_with_what_to_do()
    {
        File.Delete(_source.File("movenet-multipose.bin"));

        ModelImportException fault = await Should.ThrowAsync<ModelImportException>(EnsureAsync);

        fault.Message.ShouldContain("movenet-multipose.bin");
        fault.Message.ShouldContain("Build the project again");
    }

    [Fact]
    public async Task Truncated_weights_are_refused_and_leave_nothing_in_the_cache()
    {
        string weights = _source.File("movenet-multipose.bin");
        await File.WriteAllBytesAsync(weights, (await File.ReadAllBytesAsync(weights, TestContext.Current.CancellationToken))[..^1],
            TestContext.Current.CancellationToken);

        (await Should.ThrowAsync<ModelImportException>(EnsureAsync)).Message.ShouldContain("truncated");

        Directory.GetFiles(_cache.Path).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("[1,2]")]
    [InlineData("{\"modelTopology\":{\"node\":[]}}")]
    [InlineData("{\"modelTopology\":{\"node\":[]},\"weightsManifest\":[]}")]
    public async Task A_source_that_is_no_graph_model_is_refused(string content)
    {
        await File.WriteAllTextAsync(_source.File("movenet-multipose.json"), content, TestContext.Current.CancellationToken);

        await Should.ThrowAsync<ModelImportException>(EnsureAsync);
    }

    private Task<ModelFiles> EnsureAsync() =>
        ModelStore.EnsureAsync(_source.Path, _cache.Path, NullLogger.Instance, cancellation: TestContext.Current.CancellationToken);
}
