using EnhancerService;
using Jobs;
using ServiceDefaults;

var builder = WebApplication.CreateBuilder(args);
builder.AddServiceDefaults("enhancerservice");
builder.AddEnhancer();

var app = builder.Build();
app.UseServiceDefaults();
app.MapEnhance();
app.MapKeyChecks();
await app.RunAsync();
