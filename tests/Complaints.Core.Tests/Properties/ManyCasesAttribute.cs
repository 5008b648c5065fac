using FsCheck.Xunit;

namespace Complaints.Core.Tests.Properties;

/// <summary>The properties of a class are tried on 10,000 cases, on 100,000 in a full run.</summary>
[AttributeUsage(AttributeTargets.Class)]
#pragma warning disable xUnit3003 // It marks a class and is no test, so that there is no source line for it to report.
internal sealed class ManyCasesAttribute : PropertiesAttribute
#pragma warning restore xUnit3003
{
    public ManyCasesAttribute() => MaxTest = Environment.GetEnvironmentVariable("COMPLAINTS_FULL") == "1" ? 100_000 : 10_000;
}
