using System.Globalization;

namespace Complaints.Notifications.Templates;

/// <summary>Takes a text of bounded length; beyond it whoever writes is stopped.</summary>
internal sealed class BoundedWriter(int most) : StringWriter(CultureInfo.InvariantCulture)
{
    public override void Write(char value)
    {
        Room(1);
        base.Write(value);
    }

    public override void Write(string? value)
    {
        Room(value?.Length ?? 0);
        base.Write(value);
    }

    public override void Write(char[] buffer, int index, int count)
    {
        Room(count);
        base.Write(buffer, index, count);
    }

    public override void Write(ReadOnlySpan<char> buffer)
    {
        Room(buffer.Length);
        base.Write(buffer);
    }

    private void Room(int more)
    {
        if (GetStringBuilder().Length + more > most)
            throw new TemplateOverrunException();
    }
}

/// <summary>A template was stopped because its text became too long.</summary>
internal sealed class TemplateOverrunException() : Exception("The text became too long.");
