namespace Complaints.Notifications.Webhooks;

/// <summary>What is wrong in what a host configured.</summary>
/// <param name="Code">Stable.</param>
/// <param name="What">What is wrong; never a secret.</param>
/// <param name="Remedy">What to do.</param>
internal sealed record Fault(string Code, string What, string Remedy)
{
    public string Message => $"{What}; {Remedy}";

    public string At(string place) => $"{Code}: {place}: {Message}.";
}
