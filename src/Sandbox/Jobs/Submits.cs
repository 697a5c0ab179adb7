namespace Sandbox.Jobs;

/// <summary>What happens between a job's acceptance and the asker's hearing of it.</summary>
internal static class Submits
{
    /// <summary>A web server's own page, before the vendor.</summary>
    public const string NginxPage = "<html>\r\n<head><title>503 Service Temporarily Unavailable</title></head>\r\n<body>\r\n<center><h1>503 Service Temporarily Unavailable</h1></center>\r\n<hr><center>nginx</center>\r\n</body>\r\n</html>\r\n";

    /// <summary>Queues the job and answers, or does not.</summary>
    /// <param name="job">Null when nothing was accepted.</param>
    public static async Task AnswerAsync(HttpContext context, JobQueue queue, TimeProvider time, Job? job, Func<Task<IResult>> answer)
    {
        if (job is not null)
        {
            queue.Add(job);
            if (job.Fault == Fault.LostAnswer)
            {
                context.Abort();
                return;
            }

            if (job.Fault == Fault.NoAnswer)
            {
                await Task.Delay(Timeout.InfiniteTimeSpan, time, context.RequestAborted).ContinueWith(_ => { }, TaskScheduler.Default);
                return;
            }
        }

        await (await answer()).ExecuteAsync(context);
    }
}
