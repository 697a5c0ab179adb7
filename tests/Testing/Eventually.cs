namespace Testing;

/// <summary>Waits for something that another process or thread brings about: looks often, gives up with the last state in the message.</summary>
public static class Eventually
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(20);

    /// <param name="limit">How long before it counts as failed; 30 s unless told.</param>
    /// <param name="every">Wait between two looks; 20 ms unless told, longer where a look costs something.</param>
    public static async Task<T> GetAsync<T>(Func<Task<T>> look, Func<T, bool> enough, TimeSpan? limit = null, TimeSpan? every = null)
    {
        var time = TimeProvider.System;
        var start = time.GetTimestamp();
        while (true)
        {
            var value = await look();
            if (enough(value))
            {
                return value;
            }

            if (time.GetElapsedTime(start) > (limit ?? TimeSpan.FromSeconds(30)))
            {
                throw new TimeoutException($"It did not come about in time. Last seen: {value}");
            }

            await Task.Delay(every ?? Pause, time);
        }
    }

    public static Task HoldsAsync(Func<Task<bool>> condition, TimeSpan? limit = null, TimeSpan? every = null) => GetAsync(condition, holds => holds, limit, every);
}
