using Complaints.Core;
using Complaints.Core.Definitions;

namespace Complaints.Cli.Commands;

/// <summary>What is to be done for a complaint, what was found, and, for who may see it, who answers for it: a line each.</summary>
internal static class InquiryLines
{
    public static IEnumerable<string> Of(ComplaintView view, Rulebook rules, Wording words, ClearWords clear)
    {
        var complaint = view.Complaint;
        foreach (var step in complaint.Inquiry.Steps)
        {
            var (what, place, report) = view.WordsOf(step.Number);
            yield return Line(Subject.Of("step", step.Number), what, place, report);
        }
        foreach (var finding in complaint.Inquiry.Findings)
            yield return Line(Subject.Of("finding", finding.Number), view.FoundOf(finding.Number));
        foreach (var waiver in complaint.Settlement.Waivers)
            yield return Line(Subject.Of("approval", waiver.Number), view.WhyWaived(waiver.Number));
        foreach (var liability in view.Liabilities)
            yield return Line(Subject.Of("liability", liability.Number), view.BasisOf(liability.Number));

        string Line(Subject subject, params IEnumerable<Personal<string>?> texts)
        {
            var said = texts.OfType<Personal<string>>().Select(text => Output.Clear(clear, text, words)).ToList();
            return $"{words.Say(Vocabulary.SubjectKind(subject.Kind))} {SubjectWords.Of(complaint, subject, rules, words, clear)}"
                + (said.Count == 0 ? "" : $"  {string.Join(" · ", said)}");
        }
    }
}
