namespace Sandbox;

/// <summary>What one vendor accepted, oldest first.</summary>
internal interface IVendorBook
{
    /// <summary>The provider's name.</summary>
    string Vendor { get; }

    IReadOnlyList<Accepted> All();
}

/// <summary>One request that was accepted: from here on it counts.</summary>
/// <param name="Key">The asker's own name for it; empty when it gave none.</param>
/// <param name="Model">Catalog id.</param>
internal sealed record Accepted(string Id, string Key, string Model, string Prompt, Fault Fault, DateTimeOffset At)
{
    /// <summary>For people.</summary>
    public string State => Status is null ? Stage : "Completed";

    /// <summary>What it does while it has no status.</summary>
    public string Stage { get; init; } = "InProgress";

    /// <summary>Of its end as HTTP has it; null until then.</summary>
    public int? Status { get; init; }

    /// <summary>What it costs; null where that is not known.</summary>
    public decimal? Dollars { get; init; }
}

/// <summary>A book that is written call by call.</summary>
internal abstract class VendorBook(string vendor) : IVendorBook
{
    private const int MostKept = 50_000;

    private readonly Lock _lock = new();
    private readonly LinkedList<Accepted> _calls = [];
    private readonly Dictionary<string, LinkedListNode<Accepted>> _byId = [];

    public string Vendor => vendor;

    public void Add(Accepted call)
    {
        lock (_lock)
        {
            _byId[call.Id] = _calls.AddLast(call);
            if (_calls.Count > MostKept)
            {
                _byId.Remove(_calls.First!.Value.Id);
                _calls.RemoveFirst();
            }
        }
    }

    public void End(string id, int status, decimal? dollars)
    {
        lock (_lock)
        {
            if (_byId.TryGetValue(id, out var call))
            {
                call.Value = call.Value with { Status = status, Dollars = dollars };
            }
        }
    }

    public IReadOnlyList<Accepted> All()
    {
        lock (_lock)
        {
            return [.. _calls];
        }
    }
}
