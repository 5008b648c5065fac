namespace Complaints.Cli;

/// <summary>How a run ended, for scripts. Documented in the package's README.</summary>
internal static class ExitCode
{
    public const int Done = 0;
    public const int Refused = 1;
    public const int Usage = 2;
    public const int BadRows = 3;
    public const int StoreFailed = 4;
}
