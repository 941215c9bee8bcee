using Microsoft.EntityFrameworkCore;

namespace Dashboard.Data.Demo;

/// <summary>Whether demo data is in the database, for the mark in the header; asked at most once in ten seconds.</summary>
public sealed class DemoStatus(IDbContextFactory<DashboardDb> contexts, TimeProvider time)
{
    private static readonly TimeSpan Fresh = TimeSpan.FromSeconds(10);

    private (long At, bool Loaded)? _last;

    /// <summary>True while demo data is loaded.</summary>
    public async ValueTask<bool> IsLoadedAsync(CancellationToken cancellationToken = default)
    {
        if (_last is { } last && time.GetElapsedTime(last.At) < Fresh)
        {
            return last.Loaded;
        }

        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var loaded = await db.Set<DemoEntity>().AnyAsync(cancellationToken);
        _last = (time.GetTimestamp(), loaded);
        return loaded;
    }
}
