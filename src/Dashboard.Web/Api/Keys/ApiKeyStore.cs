using System.Collections.Concurrent;
using Dashboard.Data;
using Dashboard.Data.Operators;
using Microsoft.EntityFrameworkCore;

namespace Dashboard.Web.Api.Keys;

/// <summary>A key that works.</summary>
/// <param name="Name">Which program it is for.</param>
/// <param name="Scopes">What it may do.</param>
/// <param name="ExpiresAt">UTC, exclusive.</param>
internal sealed record KnownApiKey(string Name, IReadOnlyList<string> Scopes, DateTime? ExpiresAt);

/// <summary>
/// Looks keys up by their hash. A key found is believed for a few seconds, so that a busy caller costs no query a call; a
/// revoked one stops within that time.
/// </summary>
internal sealed class ApiKeyStore(IDbContextFactory<DashboardDb> contexts, TimeProvider time)
{
    private const int MostKept = 1000;
    private static readonly TimeSpan s_believedFor = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan s_useNotedEvery = TimeSpan.FromMinutes(1);

    private readonly ConcurrentDictionary<string, (KnownApiKey Key, DateTime Until)> _known = new(
        StringComparer.Ordinal
    );

    /// <summary>The key, or null when it is unknown, revoked or has run out.</summary>
    public async Task<KnownApiKey?> FindAsync(string text, CancellationToken cancellationToken)
    {
        if (!text.StartsWith(CreateApiKey.Prefix, StringComparison.Ordinal))
        {
            return null;
        }

        var hash = CreateApiKey.Hash(text);
        var handle = Convert.ToHexString(hash);
        var now = time.GetUtcNow().UtcDateTime;
        if (!_known.TryGetValue(handle, out var entry) || entry.Until <= now)
        {
            if (await ReadAsync(hash, now, cancellationToken) is not { } read)
            {
                _known.TryRemove(handle, out _);
                return null;
            }

            if (_known.Count >= MostKept)
            {
                _known.Clear();
            }

            _known[handle] = entry = (read, now + s_believedFor);
        }

        return entry.Key.ExpiresAt <= now ? null : entry.Key;
    }

    private async Task<KnownApiKey?> ReadAsync(
        byte[] hash,
        DateTime now,
        CancellationToken cancellationToken
    )
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var key = await db
            .ApiKeys.AsNoTracking()
            .SingleOrDefaultAsync(k => k.KeyHash == hash && k.RevokedAt == null, cancellationToken);
        if (key is null)
        {
            return null;
        }

        if (key.LastUsedAt is null || now - key.LastUsedAt >= s_useNotedEvery)
        {
            await db
                .ApiKeys.Where(k => k.Id == key.Id)
                .ExecuteUpdateAsync(k => k.SetProperty(x => x.LastUsedAt, now), cancellationToken);
        }

        return new KnownApiKey(key.Name, key.Scopes, key.ExpiresAt);
    }
}
