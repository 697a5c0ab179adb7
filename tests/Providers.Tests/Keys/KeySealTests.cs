using Microsoft.Extensions.Options;
using Providers.Keys;
using Providers.Tests.Fal;

namespace Providers.Tests.Keys;

/// <summary>What is stored of a key opens for nobody but the workspace and provider it is for, with the ring it was encrypted with.</summary>
public sealed class KeySealTests : IDisposable
{
    private const string Key = "id:secret";
    private readonly string _folder = Directory.CreateTempSubdirectory("ring-").FullName;

    private string Ring => Path.Combine(_folder, "keys");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void It_opens_for_its_workspace_and_provider_in_every_process_with_the_ring()
    {
        var text = Seal(Ring).Seal(7, "fal", Key);
        Assert.DoesNotContain("secret", text, StringComparison.Ordinal);
        Assert.Equal(Key, Seal(Ring).Open(Stored(7, "fal", text)));
    }

    [Theory]
    [InlineData(8, "fal")]
    [InlineData(7, "replicate")]
    public void A_row_that_was_copied_to_another_opens_for_nobody(long tenant, string provider) =>
        Assert.Null(Seal(Ring).Open(Stored(tenant, provider, Seal(Ring).Seal(7, "fal", Key))));

    [Fact]
    public void Without_its_ring_it_cannot_be_read()
    {
        var text = Seal(Ring).Seal(7, "fal", Key);
        Assert.Null(Seal(Path.Combine(_folder, "other")).Open(Stored(7, "fal", text)));
        Assert.Null(Seal("").Open(Stored(7, "fal", text)));
        Assert.Null(Seal(Ring).Open(Stored(7, "fal", "nonsense")));
        Assert.Throws<InvalidOperationException>(() => Seal("").Seal(7, "fal", Key));
    }

    [Fact]
    [System.Runtime.Versioning.UnsupportedOSPlatform("windows")]
    public void Only_its_owner_may_look_into_the_ring()
    {
        Seal(Ring).Seal(7, "fal", Key);
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(Ring));
    }

    [Fact]
    public void A_process_that_began_before_the_ring_was_written_reads_it_anew()
    {
        var time = new ShiftedTime();
        var early = new KeySeal(Options.Create(new KeysOptions { Ring = Ring }), time);
        early.Seal(1, "fal", "begins a ring of its own");
        foreach (var file in Directory.GetFiles(Ring))
        {
            File.Delete(file);
        }

        var text = Seal(Ring).Seal(7, "fal", Key);
        // Data Protection looks again by itself in its first minutes, and later not.
        time.Forward(TimeSpan.FromMinutes(1));
        Assert.Equal(Key, early.Open(Stored(7, "fal", text)));
    }

    private static KeySeal Seal(string ring) => new(Options.Create(new KeysOptions { Ring = ring }), TimeProvider.System);

    private static SealedKey Stored(long tenant, string provider, string text) => new(tenant, provider, text, "cret", default);
}
