using Dashboard.Data.Audit;
using Dashboard.Tests.Shared;
using Xunit;

namespace Dashboard.Data.Tests.Audit;

/// <summary>The database's owner changes, removes and inserts behind everyone's back; the check must notice each time.</summary>
public sealed class TamperingTests : IAsyncLifetime
{
    private const int Times = 100;
    private const int Seed = 20261126;

    private const string KeepCopies = """
        CREATE SCHEMA kept;
        CREATE TABLE kept.audit_logs AS TABLE audit_logs;
        CREATE TABLE kept.audit_seals AS TABLE ops.audit_seals;
        CREATE TABLE kept.sealed_audit_rows AS TABLE ops.sealed_audit_rows;
        """;

    private const string Restore = """
        SET session_replication_role = replica;
        DELETE FROM audit_logs; DELETE FROM ops.audit_seals; DELETE FROM ops.sealed_audit_rows;
        INSERT INTO audit_logs TABLE kept.audit_logs;
        INSERT INTO ops.audit_seals TABLE kept.audit_seals;
        INSERT INTO ops.sealed_audit_rows TABLE kept.sealed_audit_rows;
        SET session_replication_role = origin;
        """;

    private SealedLog _log = null!;
    private DateTime _first;
    private DateTime _lastSeal;

    public async ValueTask InitializeAsync()
    {
        _log = await SealedLog.CreateAsync();
        _first = _log.Clock.Now;
        for (var seal = 0; seal < 30; seal++)
        {
            await _log.WriteAsync(8);
            _log.Clock.Advance(TimeSpan.FromMinutes((seal * 7 % 40) + 1));
            await _log.SealAsync();
        }

        _lastSeal = _log.Clock.Now;
        await _log.WriteAsync(3); // these wait for the next seal
        await _log.Db.DataSource.ExecuteAsync(KeepCopies);
    }

    public ValueTask DisposeAsync() => _log.DisposeAsync();

    [Fact]
    public async Task A_hundred_of_a_hundred_random_tamperings_are_found_and_named()
    {
        var head = (await _log.VerifyAsync()).Head;
        var targets = await TargetsAsync();
        var tamperer = new Tamperer(Seed, targets, _first, _lastSeal);
        var missed = new List<string>();
        for (var i = 0; i < Times; i++)
        {
            var tampering = tamperer.Next(i);
            await TamperAsync(tampering.Sql);
            // Half the time the engine goes on sealing before anybody looks.
            if (i % 2 == 1)
            {
                await _log.NewSealer(heads: new AuditHeadFile(null)).SealAsync();
            }

            var report = await _log.VerifyAsync(tampering.NeedsHead ? head : null);
            if (report.First is not { } first)
            {
                missed.Add($"{i}: not found: {tampering.What}");
            }
            else if (!IsNamed(tampering, report))
            {
                missed.Add($"{i}: {tampering.What} named as {first.Kind}: {first.Text}");
            }

            await _log.Db.DataSource.ExecuteAsync(Restore);
        }

        Assert.True(missed.Count == 0, string.Join(Environment.NewLine, missed));
        var clean = await _log.VerifyAsync(head);
        Assert.Empty(clean.Faults);
        Assert.Equal((240L, 3L), (clean.Rows, clean.Waiting));
    }

    [Fact]
    public async Task A_row_with_the_time_of_its_insertion_is_sealed_whoever_wrote_it()
    {
        // What sealing cannot prove, and the documentation says so: that the product wrote the row.
        await _log.WriteAsync(1);
        await _log.SealAsync();

        Assert.Empty((await _log.VerifyAsync()).Faults);
    }

    [Fact]
    public async Task A_view_in_place_of_the_table_and_disabled_triggers_are_noticed()
    {
        await _log.Db.DataSource.ExecuteAsync(
            "ALTER TABLE audit_logs DISABLE TRIGGER audit_logs_append_only"
        );

        var report = await _log.VerifyAsync();

        Assert.Equal(AuditFaultKind.Guard, Assert.Single(report.Faults).Kind);
        Assert.Contains("audit_logs_append_only", report.First!.Text);
    }

    [Fact]
    public async Task Functions_of_the_owner_do_not_stand_in_for_those_of_the_server()
    {
        await _log.Db.DataSource.ExecuteAsync(
            $"""
            CREATE SCHEMA mine;
            CREATE FUNCTION mine.timestamp_send(timestamp) RETURNS bytea LANGUAGE sql AS 'SELECT ''\x0000000000000000''::bytea';
            ALTER DATABASE {_log.Db.Name} SET search_path = mine, pg_catalog, public;
            """
        );
        await TamperAsync(
            "UPDATE audit_logs SET timestamp = timestamp - interval '1 hour' WHERE action = 'updated'"
        );

        Assert.Equal(240, (await _log.VerifyAsync()).Counts[AuditFaultKind.Changed]);
    }

    private static bool IsNamed(Tampering tampering, AuditReport report)
    {
        // A forged row whose seal was forged too: both are named, the row must be among them.
        var fault = report.Faults.FirstOrDefault(f => f.Kind == tampering.Kind);
        return fault is not null
            && (tampering.Rows.Count == 0 || tampering.Rows.Contains(fault.RowId ?? Guid.Empty));
    }

    private Task<int> TamperAsync(string sql) =>
        _log.Db.DataSource.ExecuteAsync(
            $"SET session_replication_role = replica; {sql}; SET session_replication_role = origin"
        );

    private async Task<List<Target>> TargetsAsync()
    {
        await using var command = _log.Db.DataSource.CreateCommand(
            "SELECT audit_log_id, seal_number, position FROM ops.sealed_audit_rows ORDER BY seal_number, position"
        );
        await using var reader = await command.ExecuteReaderAsync();
        var rows = new List<Target>();
        while (await reader.ReadAsync())
        {
            rows.Add(new Target(reader.GetGuid(0), reader.GetInt64(1), reader.GetInt32(2)));
        }

        return rows;
    }
}
