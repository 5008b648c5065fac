using System.Security.Cryptography;
using System.Text.Json;
using Complaints.Core;
using Complaints.Core.Storage;
using Complaints.Storage.Sqlite;
using NodaTime;

namespace Complaints.Cli.Tests;

/// <summary>Keys of persons beside the tool: made, counted and opened.</summary>
internal static class KeySteps
{
    /// <summary>Keys of persons, wrapped as a host wraps them.</summary>
    public static async Task<Dictionary<KeyOwner, byte[]>> AddKeysAsync(this Tool tool, int count, string? keyFile = null)
    {
        await using var store = new SqliteStore(tool.Db);
        var (protector, ids) = (new FileKeyProtector(keyFile ?? tool.KeyFile), new UuidV7Generator());
        var keys = new Dictionary<KeyOwner, byte[]>();
        foreach (var batch in Enumerable.Range(0, count).Chunk(200))
        {
            await Task.WhenAll(batch.Select(async _ =>
            {
                var owner = new KeyOwner(TenantId.Default, new SubjectId(ids.NewId(SystemClock.Instance.GetCurrentInstant())));
                var key = RandomNumberGenerator.GetBytes(32);
                await store.AddAsync(owner.Tenant, new WrappedKey(owner.Subject, await protector.WrapAsync(owner, key, default)), default);
                lock (keys)
                    keys[owner] = key;
            }));
        }
        return keys;
    }

    /// <summary>Every key is there and can be unwrapped.</summary>
    public static async Task OpensAllAsync(this Tool tool, Dictionary<KeyOwner, byte[]> keys)
    {
        await using var store = new SqliteStore(tool.Db);
        var protector = new FileKeyProtector(tool.KeyFile);
        var stored = await store.ListKeysAsync(null, 10_000, default);
        stored.Length.ShouldBe(keys.Count);
        foreach (var key in stored)
            (await protector.UnwrapAsync(key.Owner, key.Wrapped, default)).ShouldBe(keys[key.Owner]);
    }

    /// <summary>The master keys as the tool lists them.</summary>
    public static async Task<List<(string Id, bool Wraps, long Keys)>> MastersAsync(this Tool tool) =>
        [.. (await tool.DoAsync("keys", "list", "--json")).Json.GetProperty("masters").EnumerateArray().Select(Of)];

    private static (string Id, bool Wraps, long Keys) Of(JsonElement master) =>
        (master.GetProperty("id").GetString()!, master.GetProperty("wraps").GetBoolean(), master.GetProperty("keys").GetInt64());
}
