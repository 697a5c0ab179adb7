using CostService.Budgets;
using CostService.Models;
using CostService.Prices;
using CostService.Rpc;
using CostService.Storage;
using CostService.Usage;
using MassTransit;
using ServiceDefaults;
using ServiceDefaults.Messaging;
using ServiceDefaults.OpenApi;
using ServiceDefaults.Storage;

var builder = WebApplication.CreateBuilder(args);
builder.AddServiceDefaults("costservice");
builder.AddPostgres<CostDbContext>(CostDbContext.Schema);
builder.AddPipelineMessaging(bus => bus.AddConsumer<SettleItemsConsumer, SettleItemsDefinition>());
builder.AddPipelineOpenApi("Cost service");
builder.AddPrices();
builder.AddBudgets();
builder.AddUsage();
builder.AddCostRpc();

var app = builder.Build();
app.UseServiceDefaults();
app.MapPipelineOpenApi();
app.MapModels();
app.MapUsage();
app.MapCostRpc();
await app.RunAsync();
