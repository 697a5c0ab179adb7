using System.Text;
using Contracts.Generation;
using PipelineService.Pipelines;
using PipelineService.Sheets;
using Providers.Catalog;

namespace PipelineService.Tests.Sheets;

/// <summary>What is wrong with rows, and into which pipelines they go.</summary>
public sealed class SheetRowsTests
{
    private const string Header = "Photo,Prompt,Model,Seed,SKU\n";

    public static TheoryData<string, string, string> BadRows => new()
    {
        { ",red,,,", "image", "missing" },
        { "0,red,,,", "image", "no such picture" },
        { "ftp://example.com/a.png,red,,,", "image", "http" },
        { "a.jpg,,,,", "prompt", "missing" },
        { "a.jpg," + new string('x', 2001) + ",,,", "prompt", "2,001 characters" },
        { "a.jpg,re\ad,,,", "prompt", "control characters" },
        { "a.jpg,red,kling-imag,,", "model", "Did you mean 'kling-image'?" },
        { "a.jpg,red,kling,,", "model", "none are made here" },
        { "a.jpg,red,,-1,", "seed", "no seed" },
        { "a.jpg,red,,2147483648,", "seed", "no seed" },
        { "a.jpg,red,,1.5,", "seed", "no seed" },
        { "a.jpg,red,,," + new string('n', 201), "name", "201 characters" },
    };

    [Theory]
    [MemberData(nameof(BadRows))]
    public void A_bad_cell_is_told_by_row_and_column_and_the_good_rows_stay(string bad, string field, string why)
    {
        var (entries, faults) = Read(Header + "a.jpg,red,,7,A-1\n" + bad + "\n12,blue,kling-image,,\n");

        Assert.Equal([2, 4], entries.Select(entry => entry.Row));
        var fault = Assert.Single(faults);
        Assert.Equal((3, field), (fault.Row, fault.Field));
        Assert.Contains(why, fault.Message, StringComparison.Ordinal);
        Assert.Equal(((string?)"a.jpg", (long?)null, 7L, "A-1"), (entries[0].Image.File, entries[0].Image.AssetId, entries[0].Seed!.Value, entries[0].Name!));
        Assert.Equal(12, entries[1].Image.AssetId);
    }

    [Fact]
    public void One_bad_row_of_five_thousand_is_named()
    {
        var text = new StringBuilder(Header);
        for (var row = 2; row <= 5001; row++)
        {
            text.Append(row == 3456 ? "a.jpg,,,," : "a.jpg,red,,,").Append('\n');
        }

        var (entries, faults) = Read(text.ToString());

        Assert.Equal(4999, entries.Count);
        Assert.Equal((3456, "Prompt"), (faults.Single().Row, faults.Single().Column));
    }

    [Fact]
    public void An_edit_takes_the_place_of_a_bad_cell()
    {
        var (entries, faults) = Read(Header + "a.jpg,,,,\n", new Dictionary<int, SheetEdit> { [2] = new() { Prompt = "red" } });

        Assert.Empty(faults);
        Assert.Equal("red", entries.Single().Prompt);
    }

    [Fact]
    public void A_sheet_without_a_prompt_column_says_that_it_is_missing()
    {
        var (entries, faults) = Read("Photo,Colour\na.jpg,red\n");

        Assert.Empty(entries);
        Assert.Equal((null, "prompt"), (faults.Single().Row, faults.Single().Field));
    }

    [Theory]
    [InlineData("Image URL,Text", "Image URL", "Text")]
    [InlineData("file_name,PROMPT", "file_name", "PROMPT")]
    [InlineData("Prompt,Notes", null, "Prompt")]
    public void Columns_are_guessed_from_their_headers(string header, string? image, string? prompt)
    {
        var (columns, errors) = SheetColumns.Of(header.Split(','), null);

        Assert.Empty(errors);
        Assert.Equal((image, prompt), (columns.NameOf("image"), columns.NameOf("prompt")));
    }

    [Fact]
    public void A_column_that_is_not_there_is_told_with_those_that_are()
    {
        var (columns, errors) = SheetColumns.Of(["Photo", "Prompt"], new SheetMapping { Image = "Pictures", Prompt = "" });

        Assert.Contains("Photo, Prompt", errors["/mapping/image"].Single(), StringComparison.Ordinal);
        Assert.Null(columns.NameOf("prompt"));
    }

    [Fact]
    public void Rows_of_one_model_and_seed_share_a_pipeline_as_far_as_it_may_be_large()
    {
        SheetEntry[] entries =
        [
            Entry(2, null, null), Entry(3, "kling-image", null), Entry(4, null, null), Entry(5, null, 7), Entry(6, null, null), Entry(7, null, 7),
        ];

        var groups = SheetGroups.Of(entries, 2);

        Assert.Equal(["2,4", "6", "3", "5,7"], groups.Select(group => string.Join(',', group.Rows.Select(row => row.Row))));
    }

    [Fact]
    public void A_budget_is_shared_by_the_estimates_and_never_passed()
    {
        decimal[] shares = [SheetGroups.Share(10m, 1m, 3m)!.Value, SheetGroups.Share(10m, 1m, 3m)!.Value, SheetGroups.Share(10m, 1m, 3m)!.Value];

        Assert.Equal(9.999999m, shares.Sum());
        Assert.Null(SheetGroups.Share(null, 1m, 3m));
    }

    [Theory]
    [InlineData(PipelineStatus.Completed, 0, 2, 0, 2, "done")]
    [InlineData(PipelineStatus.Completed, 0, 1, 1, 1, "partly_failed")]
    [InlineData(PipelineStatus.Failed, 0, 0, 1, 0, "failed")]
    [InlineData(PipelineStatus.Running, 1, 1, 0, 1, "running")]
    [InlineData(PipelineStatus.Paused, 0, 1, 0, 1, "paused")]
    [InlineData(PipelineStatus.Cancelled, 0, 0, 0, 0, "cancelled")]
    [InlineData(PipelineStatus.Pending, 0, 0, 0, 0, "waiting")]
    public void What_became_of_a_row_is_one_word(PipelineStatus pipeline, int open, int succeeded, int failed, int outputs, string word)
    {
        Assert.Equal(word, SheetResult.States(pipeline, new RowWork(1, 0, open, succeeded, failed, 0, 0m, null), outputs));
    }

    private static SheetEntry Entry(int row, string? model, long? seed) => new(row, new SheetImage(1, null, null), "red", model, seed, null);

    private static (List<SheetEntry> Entries, List<SheetFault> Faults) Read(string text, Dictionary<int, SheetEdit>? edits = null)
    {
        var table = SheetFile.Read(Encoding.UTF8.GetBytes(text), "sheet.csv", new SheetsOptions()).Table!;
        var catalog = ModelCatalog.Embedded;
        var rows = new SheetRows(SheetColumns.Of(table.Columns, null).Columns, catalog, [StepTypes.ImageToImage], true, [catalog.Find("kling-image")!], new PipelineLimits());
        return (rows.Read(table, edits ?? []), rows.Faults);
    }
}
