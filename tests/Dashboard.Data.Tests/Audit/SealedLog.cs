using Dashboard.Data.Audit;
using Dashboard.Tests.Shared;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;

namespace Dashboard.Data.Tests.Audit;

/// <summary>A database with an audit log, and the machine that seals it: key, clock and kept heads.</summary>
internal sealed class SealedLog : IAsyncDisposable
{
    private static readonly byte[] s_key = [.. Enumerable.Range(1, 32).Select(i => (byte)i)];

    private SealedLog(TestDatabase db)
    {
        Db = db;
        Folder = Path.Combine(Path.GetTempPath(), $"audit-heads-{db.Name}");
        Heads = new AuditHeadFile(Folder);
        Sealer = NewSealer();
    }

    public TestDatabase Db { get; }

    public TestClock Clock { get; } = new(TimeProvider.System.GetUtcNow().UtcDateTime);

    public AuditHeadFile Heads { get; }

    public AuditSealer Sealer { get; }

    public string Folder { get; }

    public static async Task<SealedLog> CreateAsync() => new(await TestDatabase.CreateAsync());

    /// <summary>A sealer as another process on this machine would have it.</summary>
    public AuditSealer NewSealer(byte[]? key = null, AuditHeadFile? heads = null) =>
        new(
            Db.DataSource,
            new AuditKey(key ?? s_key),
            heads ?? Heads,
            Clock,
            NullLogger<AuditSealer>.Instance
        );

    /// <summary>Writes rows as the product does, in one transaction.</summary>
    public async Task WriteAsync(int rows, NpgsqlConnection? connection = null)
    {
        await using var own = connection is null ? await Db.DataSource.OpenConnectionAsync() : null;
        await using var command = new NpgsqlCommand(WriteSql, connection ?? own);
        command.Parameters.AddWithValue("rows", rows);
        command.Parameters.AddWithValue(
            "now",
            NpgsqlTypes.NpgsqlDbType.Timestamp,
            DateTime.SpecifyKind(Clock.Now, DateTimeKind.Unspecified)
        );
        await command.ExecuteNonQueryAsync();
    }

    /// <summary>Seals after some time has passed.</summary>
    public async Task<SealReport> SealAsync(AuditSealer? sealer = null)
    {
        Clock.Advance(TimeSpan.FromSeconds(5));
        return await (sealer ?? Sealer).SealAsync();
    }

    /// <summary>Verifies as a machine that keeps no heads would, unless one is given.</summary>
    public Task<AuditReport> VerifyAsync(AuditHead? head = null, bool keptHeads = false) =>
        new AuditVerifier(
            Db.DataSource,
            new AuditKey(s_key),
            keptHeads ? Heads : new AuditHeadFile(null),
            Clock
        ).VerifyAsync(head);

    public async ValueTask DisposeAsync()
    {
        await Db.DisposeAsync();
        if (Directory.Exists(Folder))
        {
            Directory.Delete(Folder, recursive: true);
        }
    }

    private const string WriteSql = """
        INSERT INTO audit_logs (id, entity_type, entity_id, action, actor_type, actor_id, changes, metadata, ip_address, user_agent, timestamp)
        SELECT gen_random_uuid(), (ARRAY['task', 'customer', 'campaign'])[1 + i % 3], gen_random_uuid(), 'updated',
               (ARRAY['user', 'agent', 'system'])[1 + i % 3], 'actor ' || i % 7,
               jsonb_build_object('status', jsonb_build_object('before', 'pending', 'after', 'completed'), 'n', i),
               CASE WHEN i % 4 = 0 THEN NULL ELSE jsonb_build_object('reason', 'because ' || i) END,
               CASE WHEN i % 5 = 0 THEN NULL ELSE ('203.0.113.' || i % 250)::inet END,
               CASE WHEN i % 6 = 0 THEN NULL ELSE 'Probe/' || i END,
               @now - make_interval(secs => i / 1000000.0)
        FROM generate_series(1, @rows) i
        """;
}
