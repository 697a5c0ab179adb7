namespace Providers.Local.Images;

/// <summary>A picture in the making: what the camera sees of the source, and what happens to light and colour.</summary>
internal sealed class Shot(FilterGraph graph, double aspect)
{
    private readonly List<Action<FilterGraph>> _grades = [];
    private readonly List<Action<FilterGraph>> _finishes = [];

    /// <summary>Width ÷ height.</summary>
    public double Aspect => aspect;

    public Quad View { get; set; } = Quad.Full;

    /// <summary>A change of light or colour; in the order of the calls.</summary>
    public void Grade(Action<FilterGraph> grade) => _grades.Add(grade);

    /// <summary>A change that comes after all grades, such as a paper's grain.</summary>
    public void Finish(Action<FilterGraph> finish) => _finishes.Add(finish);

    public FilterGraph Render()
    {
        graph.Then("format=yuv444p," + View.Inside().ToFilter());
        foreach (var step in _grades.Concat(_finishes))
        {
            step(graph);
        }

        return graph;
    }
}
