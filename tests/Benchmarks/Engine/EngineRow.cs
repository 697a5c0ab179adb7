using System.Globalization;
using System.Text.Json.Serialization;

namespace Benchmarks.Engine;

/// <summary>One system on the matrix; medians of its rounds, the most memory of all of them.</summary>
internal sealed record EngineRow(
    string Name, double ItemsPerSecond, double FirstVideoSec, [property: JsonPropertyName("cpu_sec_per_1000")] double CpuSecPer1000, double PeakMb)
{
    public static void Print(IReadOnlyList<EngineRow> rows, EngineRow floor)
    {
        Console.WriteLine("system            items/s   of the floor   first video s   CPU s per 1,000   peak MB");
        foreach (var row in rows)
        {
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"{row.Name,-16}  {row.ItemsPerSecond,7:0}   {100 * row.ItemsPerSecond / floor.ItemsPerSecond,10:0} %   {row.FirstVideoSec,13:0.000}   {row.CpuSecPer1000,15:0.00}   {row.PeakMb,7:0}"));
        }
    }
}
