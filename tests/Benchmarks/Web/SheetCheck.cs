using System.Diagnostics;
using System.Text;
using System.Text.Json;

namespace Benchmarks.Web;

/// <summary>A CSV of 5,000 rows through the gateway: read, held to the library and the catalog, priced. One of its rows is bad.</summary>
internal static class SheetCheck
{
    private const int Rows = 5000;
    private const int BadRow = 3456;
    private const int Rounds = 10;

    public static async Task MeasureAsync(Report report, WebStudio web)
    {
        var text = new StringBuilder("Photo,Prompt,SKU\n");
        for (var row = 2; row < Rows + 2; row++)
        {
            text.Append(row % 2 == 0 ? "woman.jpg" : "cup.jpg").Append(",\"").Append(row == BadRow ? string.Empty : $"look {row}, golden hour, on white").Append("\",A-").Append(row).Append('\n');
        }

        var csv = Encoding.UTF8.GetBytes(text.ToString());
        var request = JsonSerializer.Serialize(new { pipeline = new { steps = new object[] { new { step_type = "i2i", config = new { model = WebStudio.ImageModel } } } } });
        var times = new List<double>();
        for (var round = -1; round < Rounds; round++)
        {
            using var form = new MultipartFormDataContent { { new ByteArrayContent(csv), "file", "catalogue.csv" }, { new StringContent(request), "request" } };
            var watch = Stopwatch.StartNew();
            var answer = await web.Studio.Client.PostFormAsync("/sheets/check", form);
            var took = watch.Elapsed.TotalMilliseconds;
            if (answer["rows_good"]!.GetValue<int>() != Rows - 1 || answer["errors"]![0]!["row"]!.GetValue<int>() != BadRow || answer["plan"] is null)
            {
                throw new InvalidOperationException($"The sheet was not checked as it is: {answer.ToJsonString()[..200]}");
            }

            if (round >= 0)
            {
                times.Add(took);
            }
        }

        report.AtMost("sheet of 5,000 rows: checked and priced", times, 2000, "ms");
    }
}
