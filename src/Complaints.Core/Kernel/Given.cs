using System.Collections.Immutable;

namespace Complaints.Core;

/// <summary>Lists as they are given from outside: <c>default</c> is an empty one, and an entry that is <c>null</c> says nothing and is
/// none.</summary>
internal static class Given
{
    public static ImmutableArray<T> Of<T>(ImmutableArray<T> list)
    {
        if (list.IsDefaultOrEmpty)
            return [];
        // A struct is never null: the comparison is gone when this is compiled.
        foreach (var entry in list)
        {
            if (entry is null)
                return list.RemoveAll(one => one is null);
        }
        return list;
    }
}
