namespace Complaints.Storage.Relational.Migrations;

/// <summary>The migrations of the time before the first release. They were put together into one, and no database that has them is
/// carried over.</summary>
internal static class OldNumbering
{
    private static readonly string[] FirstTexts =
    [
        "0d560c7be72258ffd2465c0e2831ccb688dfd7f7ae4860410e94c541521cf7f8",
        "a886112797e8db16191e926f3c22600365bbbf5c333bafaaced8236069e5dd0b",
        "db7ca47c64b10ea313b9fd573251843ef50f5c1d5de121cd0e39b1d26f3e30c5",
        "71eb6017cbaeef4524c19dce4ea1e10c4b7260cc9393673d4f994c1ef118970c",
        "91c327db3f0f7aea64fd3f1b3df05da286ef6c4d9b46dfc04831dc5acdb0af58",
    ];

    private static readonly (int Number, string Name)[] Later =
        [(2, "outbox_queue"), (2, "tenant_wall"), (3, "own_verdicts"), (4, "sweeper"), (4, "timer_order")];

    /// <summary>True for a migration of that time.</summary>
    public static bool Has(int number, string name, string checksum) =>
        number == 1 ? FirstTexts.Contains(checksum) : Later.Contains((number, name));
}
