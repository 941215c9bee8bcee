using System.Text.Json;
using Dashboard.Data.Audit;
using Dashboard.Domain.Audit;
using Dashboard.Tests.Shared;
using Dashboard.Web.Features.Audit;
using Microsoft.Extensions.Logging.Abstractions;
using Xunit;

namespace Dashboard.Web.Tests.Audit;

public sealed class AuditListTests : IAsyncLifetime
{
    private static readonly AuditKey s_key = new(new byte[32]);
    private readonly TestClock _clock = new();
    private TestDatabase _db = null!;

    private AuditListQuery Query =>
        new(_db.Factory, new AuditNamesQuery(), new AuditRowSeals(s_key), _clock);

    public async ValueTask InitializeAsync() => _db = await TestDatabase.CreateAsync();

    public ValueTask DisposeAsync() => _db.DisposeAsync();

    [Fact]
    public async Task Pages_show_every_event_once_newest_first_also_where_many_have_the_same_time()
    {
        await _db.AddAsync([
            .. Enumerable.Range(0, 230).Select(i => Row(at: _clock.Now.AddSeconds(-(i / 50)))),
        ]);

        var lines = new List<AuditLine>();
        AuditCursor? after = null;
        do
        {
            var page = await Query.RunAsync(new AuditFilter(), after, default);
            lines.AddRange(page.Lines);
            after = page.Next;
        } while (after is not null);

        Assert.Equal(230, lines.Select(l => l.Event.Id).Distinct().Count());
        Assert.Equal(230, lines.Count);
        Assert.Equal(
            lines.OrderByDescending(l => l.Event.At).Select(l => l.Event.At),
            lines.Select(l => l.Event.At)
        );
    }

    [Fact]
    public async Task Each_filter_finds_its_rows_and_new_ones_are_counted()
    {
        var customer = Some.Customer();
        var wanted = Row(
            "customer",
            customer.Id,
            "refused",
            ActorType.User,
            "ann",
            "The customer 100% opted_out"
        );
        await _db.AddAsync(
            customer,
            wanted,
            Row(),
            Row(action: "created"),
            Row(reason: "Another 1000 opted out")
        );
        var filters = new AuditFilter[]
        {
            new() { EntityType = "customer" },
            new() { EntityType = "customer", EntityId = customer.Id },
            new() { Action = "refused" },
            new() { ActorType = ActorType.User },
            new() { Actor = "ann" },
            new() { Text = "100% OPTED_out" },
            new() { Actor = "ann", Moment = wanted.Timestamp },
        };

        foreach (var filter in filters)
        {
            var line = Assert.Single((await Query.RunAsync(filter, null, default)).Lines);
            Assert.Equal(wanted.Id, line.Event.Id);
            Assert.Equal(
                (customer.CompanyName, $"customers/{customer.Id}"),
                (line.What.Name, line.What.Href)
            );
            Assert.Equal(
                1,
                (await Query.SinceAsync(filter, wanted.Timestamp.AddSeconds(-1), [], default)).New
            );
            Assert.Equal(0, (await Query.SinceAsync(filter, wanted.Timestamp, [], default)).New);
        }
    }

    [Fact]
    public async Task A_row_says_how_it_stands_to_the_seals()
    {
        var (fine, changed, waiting) = (Row(), Row(), Row());
        await _db.AddAsync(fine, changed);
        await new AuditSealer(
            _db.DataSource,
            s_key,
            new AuditHeadFile(null),
            _clock,
            NullLogger<AuditSealer>.Instance
        ).SealAsync();
        await _db.AddAsync(waiting, Row(at: _clock.Now.AddDays(-1)));
        await _db.DataSource.ExecuteAsync(
            $"SET session_replication_role = replica; UPDATE audit_logs SET actor_id = 'x' WHERE id = '{changed.Id}'; SET session_replication_role = origin"
        );

        var lines = (await Query.RunAsync(new AuditFilter(), null, default)).Lines;

        Assert.Equal(
            new RowSeal(RowSealState.Sealed, 1),
            lines.Single(l => l.Event.Id == fine.Id).Seal
        );
        Assert.Equal(
            new RowSeal(RowSealState.Mismatch, 1),
            lines.Single(l => l.Event.Id == changed.Id).Seal
        );
        Assert.Equal(RowSealState.Waiting, lines.Single(l => l.Event.Id == waiting.Id).Seal.State);
        Assert.Equal(RowSealState.Unsealed, lines[^1].Seal.State);
    }

    [Fact]
    public async Task An_export_has_every_row_of_the_filter_and_no_formula()
    {
        await _db.AddAsync(
            Row(action: "created", actor: "=HYPERLINK(1)"),
            Row(action: "created"),
            Row()
        );
        var export = new AuditExport(_db.Factory, _clock);
        using var csv = new MemoryStream();
        using var json = new MemoryStream();

        await export.CsvAsync(new AuditFilter { Action = "created" }, csv, default);
        await export.JsonAsync(new AuditFilter { Action = "created" }, json, default);

        var text = System.Text.Encoding.UTF8.GetString(csv.ToArray());
        Assert.Equal(3, text.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length);
        Assert.Contains("'=HYPERLINK(1)", text);
        var rows = JsonSerializer
            .Deserialize<JsonElement>(json.ToArray())
            .EnumerateArray()
            .ToList();
        Assert.Equal(2, rows.Count);
        Assert.All(rows, r => Assert.Equal("created", r.GetProperty("action").GetString()));
    }

    private AuditLog Row(
        string entity = "task",
        Guid? id = null,
        string action = "updated",
        ActorType type = ActorType.System,
        string actor = "dispatcher",
        string? reason = null,
        DateTime? at = null
    ) =>
        new()
        {
            Id = Guid.CreateVersion7(),
            EntityType = entity,
            EntityId = id ?? Guid.CreateVersion7(),
            Action = action,
            ActorType = type,
            ActorId = actor,
            Metadata = reason is null ? null : JsonSerializer.SerializeToElement(new { reason }),
            Timestamp = at ?? _clock.Now,
        };
}
