namespace Gateway.Accounts;

internal static class AccountsRegistration
{
    public static void AddAccounts(this WebApplicationBuilder builder)
    {
        builder.Services.AddOptions<SignInOptions>().BindConfiguration("Sessions").ValidateDataAnnotations().ValidateOnStart();
        builder.Services.AddOptions<ApiKeyOptions>().BindConfiguration("ApiKeys").ValidateDataAnnotations().ValidateOnStart();
        builder.Services.AddOptions<DemoOptions>().BindConfiguration("Demo").ValidateDataAnnotations().ValidateOnStart();
        builder.Services.AddScoped<Sessions>();
        builder.Services.AddSingleton<DemoWorkspace>();
        builder.Services.AddHostedService(services => services.GetRequiredService<DemoWorkspace>());
    }
}
