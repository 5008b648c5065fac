using System.Globalization;
using Complaints.Core;

namespace Complaints.Cli;

/// <summary>The command line asks for something that cannot be.</summary>
internal sealed class UsageException : Exception
{
    private readonly Func<CultureInfo, string> _in;

    /// <param name="en">What is wrong and what to do, in English.</param>
    /// <param name="zh">The same in Chinese.</param>
    public UsageException(string en, string zh) : base(en) => _in = new Label(en, zh).In;

    /// <param name="refusal">The library's own sentence.</param>
    public UsageException(ComplaintError refusal) : base(refusal.Message) => _in = culture => refusal.In(culture);

    public string In(CultureInfo culture) => _in(culture);
}
