namespace CostService.Budgets;

internal static partial class Log
{
    [LoggerMessage(LogLevel.Warning, "Tenant {TenantId}: item {ItemId} attempt {Attempt} cost {Amount}, quoted {Quoted}; booked as it is")]
    public static partial void AboveQuote(this ILogger logger, long tenantId, long itemId, int attempt, decimal amount, decimal quoted);

    [LoggerMessage(LogLevel.Warning, "{Count} holds were past their time and are freed")]
    public static partial void Expired(this ILogger logger, int count);

    [LoggerMessage(LogLevel.Warning, "Looking for expired holds waits: {Reason}")]
    public static partial void SweepWaits(this ILogger logger, string reason);

    [LoggerMessage(LogLevel.Debug, "{Count} holds are old; asking what became of their items")]
    public static partial void Asks(this ILogger logger, int count);

    [LoggerMessage(LogLevel.Warning, "Asking what became of held items waits: {Reason}")]
    public static partial void InquiryWaits(this ILogger logger, string reason);
}
