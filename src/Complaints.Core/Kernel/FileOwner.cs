using System.Runtime.InteropServices;
using System.Text;
using Microsoft.Win32.SafeHandles;

namespace Complaints.Core;

/// <summary>Whose a file is, by the numbers of Linux. .NET tells the mode of a file and not its owner.</summary>
internal readonly record struct FileOwner(uint User, uint Group)
{
    private const uint Root = 0;
    private const int CurrentFolder = -100;
    private const int TheHandleItself = 0x1000;
    private const uint UserAndGroup = 0x8 | 0x10;
    private const int UserAt = 20;
    private const int GroupAt = 24;

    /// <summary>Who runs this program.</summary>
    public static uint Runner => EffectiveUser();

    /// <summary>Whose an open file is, whatever has its name by now.</summary>
    public static FileOwner Of(SafeFileHandle file) => Read((int)file.DangerousGetHandle(), "", TheHandleItself);

    /// <summary>Whose a file or folder is; of a link, what it points at.</summary>
    public static FileOwner Of(string path) => Read(CurrentFolder, path, 0);

    /// <summary>Whose secrets a program may rely on: its own user's, root's, and those of whoever owns the folder that it was told to look
    /// in. These could put another file there at any time, so that to refuse theirs would protect nothing; a group shares a file so, and
    /// root works with a service's. Anybody else has slipped the file in.</summary>
    public bool IsTrusted(FileOwner folder, uint runner) => User == Root || User == runner || User == folder.User;

    /// <summary>Gives a file of one's own to this owner: the open one, because its name may be another's by now.</summary>
    /// <returns>False where only root could.</returns>
    public bool TryGive(SafeFileHandle file) => Of(file) == this || ChangeOwner((int)file.DangerousGetHandle(), User, Group) == 0;

    private static FileOwner Read(int folder, string path, int flags)
    {
        var status = new byte[256];
        if (Status(folder, Encoding.UTF8.GetBytes(path + "\0"), flags, UserAndGroup, status) != 0)
            throw new IOException($"The owner of '{path}' cannot be read. {Marshal.GetLastPInvokeErrorMessage()}");
        return new(BitConverter.ToUInt32(status, UserAt), BitConverter.ToUInt32(status, GroupAt));
    }

#pragma warning disable SYSLIB1054 // What it would generate is unsafe code, for functions that take what needs no marshalling.
    /// <summary>Not <c>stat</c>: what that answers is laid out otherwise on each processor.</summary>
    [DllImport("libc", EntryPoint = "statx", SetLastError = true), DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Status(int folder, byte[] path, int flags, uint mask, byte[] status);

    [DllImport("libc", EntryPoint = "geteuid"), DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern uint EffectiveUser();

    [DllImport("libc", EntryPoint = "fchown"), DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int ChangeOwner(int file, uint user, uint group);
#pragma warning restore SYSLIB1054
}
