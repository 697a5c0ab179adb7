using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.Json;

namespace LocalHosting;

/// <param name="Started">Clock ticks since the machine's start: with the id it names one process for ever.</param>
/// <param name="StopSignal">What this program takes as a request to end in order.</param>
internal sealed record ListedProcess(string Name, int Pid, long Started, int StopSignal);

/// <summary>
/// Every process that was started and is not known to have ended, in a file that outlives a kill -9 of this program. Each is the
/// leader of a process group of its own, so nothing it starts can be left behind.
/// </summary>
internal sealed class ProcessList(string path)
{
    private const string HostName = "localhost";
    private static readonly string BootId = File.Exists("/proc/sys/kernel/random/boot_id") ? File.ReadAllText("/proc/sys/kernel/random/boot_id").Trim() : "";

    private readonly Lock _gate = new();
    private readonly List<ListedProcess> _processes = [];

    /// <summary>The running host, if another one holds this folder.</summary>
    public int? OtherHost => Read().FirstOrDefault(process => process.Name == HostName && process.Pid != Environment.ProcessId && Posix.IsRunning(process))?.Pid;

    public void AddHost() => Add(HostName, Environment.ProcessId, Posix.SigTerm);

    public void Add(string name, int pid, int stopSignal) =>
        Change(() => _processes.Add(new ListedProcess(name, pid, Posix.Look(pid)?.Started ?? 0, stopSignal)));

    public void Remove(int pid) => Change(() => _processes.RemoveAll(process => process.Pid == pid));

    public void Clear() => File.Delete(path);

    /// <summary>Stops the host that holds this folder, if one runs, and whatever it or a killed one left. False when there was nothing.</summary>
    public bool StopAll()
    {
        var found = false;
        foreach (var host in Read().Where(process => process.Name == HostName && Posix.IsRunning(process)))
        {
            found = true;
            _ = Posix.Signal(host.Pid, Posix.SigTerm);
            Posix.WaitUntil(() => !Posix.IsRunning(host), TimeSpan.FromSeconds(45));
        }

        return StopOrphans() || found;
    }

    /// <summary>Ends what a killed host left behind, the youngest first: services before the servers they write to.</summary>
    public bool StopOrphans()
    {
        var orphans = Read().Where(process => process.Pid != Environment.ProcessId && Posix.GroupIsRunning(process)).Reverse().ToList();
        foreach (var orphan in orphans)
        {
            _ = Posix.Signal(orphan.Pid, orphan.StopSignal);
        }

        foreach (var orphan in orphans)
        {
            Posix.WaitUntil(() => !Posix.GroupIsRunning(orphan), TimeSpan.FromSeconds(10));
            _ = Posix.Signal(-orphan.Pid, Posix.SigKill);
        }

        Clear();
        return orphans.Count > 0;
    }

    private List<ListedProcess> Read()
    {
        if (!File.Exists(path))
        {
            return [];
        }

        var saved = JsonSerializer.Deserialize<SavedList>(File.ReadAllText(path));
        return saved is not null && saved.BootId == BootId ? saved.Processes : [];
    }

    private void Change(Action change)
    {
        lock (_gate)
        {
            change();
            StateFolder.WriteAtomically(path, JsonSerializer.Serialize(new SavedList(BootId, _processes)));
        }
    }

    private sealed record SavedList(string BootId, List<ListedProcess> Processes);
}

/// <summary>Processes and signals as the kernel knows them.</summary>
internal static partial class Posix
{
    public const int SigInt = 2;
    public const int SigKill = 9;
    public const int SigTerm = 15;

    /// <param name="pid">Negative: the whole group of that leader.</param>
    public static bool Signal(int pid, int signal) => Kill(pid, signal) == 0;

    public static bool IsRunning(ListedProcess process) => Look(process.Pid) is { Dead: false } seen && seen.Started == process.Started;

    /// <summary>Whether the process or anything in its group still runs. Its number cannot be given to another process while the group exists.</summary>
    public static bool GroupIsRunning(ListedProcess process)
    {
        var leader = Look(process.Pid);
        if (leader is not null && leader.Value.Started != process.Started)
        {
            return false;
        }

        return leader is { Dead: false } || Directory.EnumerateDirectories("/proc")
            .Select(folder => int.TryParse(Path.GetFileName(folder), out var pid) ? Look(pid) : null)
            .Any(seen => seen is { Dead: false } && seen.Value.Group == process.Pid);
    }

    public static (long Started, int Group, bool Dead)? Look(int pid)
    {
        try
        {
            var stat = File.ReadAllText($"/proc/{pid}/stat");
            var fields = stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
            return (long.Parse(fields[19], CultureInfo.InvariantCulture), int.Parse(fields[2], CultureInfo.InvariantCulture), fields[0] is "Z" or "X");
        }
        catch (IOException)
        {
            return null;
        }
    }

    public static void WaitUntil(Func<bool> holds, TimeSpan limit)
    {
        var start = TimeProvider.System.GetTimestamp();
        while (!holds() && TimeProvider.System.GetElapsedTime(start) < limit)
        {
            Thread.Sleep(50);
        }
    }

    [LibraryImport("libc", EntryPoint = "kill", SetLastError = true)]
    private static partial int Kill(int pid, int signal);
}
