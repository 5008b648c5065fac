using Complaints.Core;
using Complaints.Core.Contact;
using Complaints.Core.Definitions;
using Complaints.Core.History;

namespace Complaints.Cli.Commands;

/// <summary>What was said, checked, noticed and handed in, for <c>complaints show</c>.</summary>
internal static class ContactLines
{
    public static IEnumerable<string> Of(ComplaintView view, Rulebook rules, ClearWords clear, Wording words)
    {
        var (zh, complaint) = (words.IsChinese, view.Complaint);
        var (contact, talk) = (complaint.Contact, complaint.Talk);
        if (talk.Emotion is { } emotion)
            yield return $"{(zh ? "客户情绪" : "The customer feels")} {words.Say(Emotion.All.Named(emotion).Label)}";
        if (talk.Chasers > 0)
            yield return $"{(zh ? "催办次数" : "Chasers")} {talk.Chasers}";
        foreach (var mark in contact.Signals.Where(mark => mark.Round == complaint.Progress.Round))
            yield return $"{(zh ? "预警" : "Signal")} {words.Say(rules.SignalCodes.Named(mark.Code).Label)}";
        foreach (var mark in contact.Followed.Where(mark => mark.IsOpen(complaint)))
            yield return $"{(zh ? "预警待跟进" : "Signal to follow")} {Named(new Subject("signal", mark.Rule))}";
        foreach (var list in contact.Checks.GroupBy(mark => mark.List, StringComparer.Ordinal))
        {
            var (colon, and) = zh ? ("：", "；") : (": ", "; ");
            yield return $"{words.Say(rules.Checklists.Named(list.Key).Label)}{colon}{string.Join(and, list.Select(Checked))}";
        }
        foreach (var mark in contact.Evidence)
        {
            var name = Output.Clear(clear, view.EvidenceOf(mark.Number)?.Name, words);
            yield return $"{(zh ? "证据" : "Evidence")} {Named(Subject.Of("evidence", mark.Number))}  {name}";
        }

        string Named(Subject part) => SubjectWords.Of(complaint, part, rules, words, clear);

        string Checked(CheckMark mark)
        {
            var item = (ICodeItem?)rules.Checklist(mark.List)?.Items.FirstOrDefault(known => known.Code == mark.Item)
                ?? new CodeItem(mark.Item, new(mark.Item, mark.Item));
            var of = mark.Of is { } part ? $" ({Named(part)})" : "";
            return $"{words.Say(item.Label)} {words.Say(CheckOutcome.All.Named(mark.Outcome).Label)}{of}";
        }
    }
}
