using System.Globalization;
using System.Text;

namespace Chaos.Tests;

/// <param name="AfterShare">Happens when this share of the run's items has ended, 0..1.</param>
/// <param name="PatienceMs">Or when so long has passed since the one before it.</param>
public sealed record TimedFault(double AfterShare, int PatienceMs, Fault Fault);

/// <summary>All that happens in one round. The same seed gives the same plan.</summary>
/// <param name="ResubmitNever">Whether the provider claims that a repeated submit would be paid for again.</param>
/// <param name="Enhance">Whether the run begins with enhanced prompts.</param>
public sealed record ChaosPlan(int Seed, bool ResubmitNever, bool ImagesAsynchronous, bool VideosAsynchronous, bool Enhance, IReadOnlyList<TimedFault> Faults)
{
    public static ChaosPlan From(int seed)
    {
        var random = new Random(seed);
        var (never, images, videos, enhance) = (seed % 2 == 1, random.Next(3) == 0, random.Next(3) != 0, random.Next(3) == 0);
        var draws = new List<Func<Random, Fault>> { Kill, Kill, Kill, Mischief, Mischief, Mischief, Jump, Jump, Empty };
        draws.Add(Server);
        var faults = new List<TimedFault>();
        var count = random.Next(4, 8);
        var servers = 0;
        while (faults.Count < count)
        {
            var fault = draws[random.Next(draws.Count)](random);
            // A server takes seconds to come back; more than two of them would be a round of waiting.
            if (fault is not Fault.Restart || servers++ < 2)
            {
                faults.Add(new TimedFault(Math.Round(random.NextDouble() * 0.95, 3), random.Next(500, 2500), fault));
            }
        }

        return new ChaosPlan(seed, never, images, videos, enhance, [.. faults.OrderBy(fault => fault.AfterShare)]);
    }

    public override string ToString()
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"seed {Seed}: resubmit {(ResubmitNever ? "never" : "safe")}, images {Way(ImagesAsynchronous)}, videos {Way(VideosAsynchronous)}{(Enhance ? ", enhanced prompts" : "")}");
        foreach (var fault in Faults)
        {
            text.AppendLine().Append(CultureInfo.InvariantCulture, $"  after {fault.AfterShare:P1} or {fault.PatienceMs} ms: {fault.Fault}");
        }

        return text.ToString();
    }

    private static string Way(bool asynchronous) => asynchronous ? "asynchronous" : "synchronous";

    private static Fault Kill(Random random)
    {
        var (service, replicas) = Targets.Services[random.Next(Targets.Services.Count)];
        return new Fault.Kill(service, random.Next(replicas), random.Next(0, 2000));
    }

    private static Fault Server(Random random) => new Fault.Restart(random.Next(4) switch { 0 => Targets.RabbitMq, 1 => Targets.Redis, _ => Targets.Postgres });

    private static Fault Empty(Random random) => random.Next(3) == 0 ? new Fault.EmptyRedis() : new Fault.EmptyQueues();

    private static Fault Mischief(Random random)
    {
        var queue = Targets.Queues[random.Next(Targets.Queues.Count)];
        return random.Next(3) switch
        {
            0 => new Fault.Twice(queue, random.Next(300, 2000), random.Next(100, 6000)),
            1 => new Fault.Late(queue, random.Next(300, 1500), random.Next(500, 6000)),
            _ => new Fault.Reversed(queue, random.Next(300, 2000)),
        };
    }

    private static Fault Jump(Random random) => random.Next(5) switch
    {
        0 or 1 => new Fault.LeasesRunOut(),
        2 or 3 => new Fault.OwnersRunOut(),
        _ => new Fault.OutboxLeasesRunOut(),
    };
}
