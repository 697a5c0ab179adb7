using Sandbox;
using ServiceDefaults;

var builder = WebApplication.CreateBuilder(args);
builder.AddServiceDefaults("sandbox");
builder.AddSandbox();

var app = builder.Build();
app.UseServiceDefaults();
app.MapSandbox();
await app.RunAsync();
