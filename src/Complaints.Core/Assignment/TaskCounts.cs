namespace Complaints.Core.Assignment;

/// <summary>How often the tasks of a case came back, were done over or could not be done. Counted with every command, without
/// allocation.</summary>
internal static class TaskCounts
{
    /// <summary>How often tasks were returned.</summary>
    public static int Bounces(Complaint complaint)
    {
        var sum = 0;
        foreach (var task in complaint.Tasks)
            sum += task.Bounces;
        return sum;
    }

    /// <summary>How often tasks were done over.</summary>
    public static int Redos(Complaint complaint)
    {
        var sum = 0;
        foreach (var task in complaint.Tasks)
            sum += task.Redos;
        return sum;
    }

    /// <summary>The tasks that came back so often.</summary>
    public static int BouncedAtLeast(Complaint complaint, int times)
    {
        var count = 0;
        foreach (var task in complaint.Tasks)
            count += task.Bounces >= times ? 1 : 0;
        return count;
    }

    /// <summary>The tasks that were done over so often.</summary>
    public static int RedoneAtLeast(Complaint complaint, int times)
    {
        var count = 0;
        foreach (var task in complaint.Tasks)
            count += task.Redos >= times ? 1 : 0;
        return count;
    }

    /// <summary>The tasks that a department cannot do.</summary>
    public static int Unable(Complaint complaint)
    {
        var count = 0;
        foreach (var task in complaint.Tasks)
            count += task.Result == TaskResult.Cannot ? 1 : 0;
        return count;
    }
}
