namespace PipelineService.Tests.Pipelines;

public sealed class SimulateTests
{
    [Fact]
    public void What_is_simulated_is_the_demo_renderers_whoever_serves_the_model()
    {
        var body = Checking.Body(Checking.Step("prompt_enhance") + "," + Checking.Step("i2i", "\"model\": \"kling-image\""));

        var real = Checking.Check(body, null, ("kling-image", "fal")).Draft;
        var simulated = Checking.Check(body.Replace("{ \"inputs\"", "{ \"simulate\": true, \"inputs\"", StringComparison.Ordinal), null, ("kling-image", "fal")).Draft;

        Assert.Equal(["local", "fal"], real.Steps.Select(step => step.Provider));
        Assert.Equal(["local", "local"], simulated.Steps.Select(step => step.Provider));
        Assert.Equal("local", simulated.Steps[0].Config.Provider);
        Assert.True(simulated.Simulate);
    }
}
