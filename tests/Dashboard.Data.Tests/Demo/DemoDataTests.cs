using Dashboard.Data.Audit;
using Dashboard.Data.Commands;
using Dashboard.Data.Demo;
using Dashboard.Domain.Compliance;
using Dashboard.Domain.Contacts;
using Dashboard.Domain.Tasks;
using Dashboard.Tests.Shared;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging.Abstractions;
using Xunit;

namespace Dashboard.Data.Tests.Demo;

public sealed class DemoDataTests : IAsyncLifetime
{
    private static readonly AuditKey s_key = new(new byte[32]);
    private static readonly AuditHeadFile s_noHeads = new(null);

    private TestDatabase _db = null!;
    private AuditSealer _sealer = null!;
    private CommandRunner _commands = null!;
    private DemoData _demo = null!;

    public async ValueTask InitializeAsync()
    {
        _db = await TestDatabase.CreateAsync();
        _commands = new CommandRunner(_db.Factory, TimeProvider.System);
        _sealer = new AuditSealer(
            _db.DataSource,
            s_key,
            s_noHeads,
            TimeProvider.System,
            NullLogger<AuditSealer>.Instance
        );
        _demo = new DemoData(_db.Factory, _commands, TimeProvider.System, _sealer);
    }

    public ValueTask DisposeAsync() => _db.DisposeAsync();

    [Fact]
    public async Task Loading_fills_every_page_and_removing_leaves_only_what_was_there_before()
    {
        var mine = Some.Customer();
        await _db.AddAsync(mine);
        await _commands.RunAsync(new SeedStandards(), Actor.System("test"));
        var standard = await StandardRowsAsync();

        await _sealer.SealAsync();
        var loaded = await _demo.LoadAsync();

        Assert.InRange(loaded!.Customers, 300, 340);
        Assert.Null(await _demo.LoadAsync());
        Assert.True(
            await _db.ReadAsync(d => d.Customers.CountAsync(c => c.Tags!.Contains("demo"))) >= 300
        );
        Assert.True(
            await _db.ReadAsync(d => d.Tasks.CountAsync(t => t.Status == AgentTaskStatus.Pending))
                > 5
        );
        await AssertEveryContactIsCleared();
        await AssertUnbrokenAsync();

        var removed = await _demo.RemoveAsync();
        await _sealer.SealAsync();
        await AssertUnbrokenAsync();

        Assert.Equal(loaded, removed);
        Assert.Equal(
            mine.Id,
            await _db.ReadAsync(d => d.Customers.Select(c => c.Id).SingleAsync())
        );
        Assert.Equal(
            0,
            await _db.ReadAsync(async d =>
                await d.PaymentRecords.CountAsync()
                + await d.Campaigns.CountAsync()
                + await d.Tasks.CountAsync()
                + await d.ContactAttempts.CountAsync()
                + await d.CustomerProfiles.CountAsync()
                + await d.OptOuts.CountAsync()
                + await d.CampaignSchedules.CountAsync()
                + await d.Set<DemoEntity>().CountAsync()
            )
        );
        Assert.Equal(standard, await StandardRowsAsync());
    }

    /// <summary>Events that come with the data's past are sealed with it, and all stay when the data goes.</summary>
    private async Task AssertUnbrokenAsync()
    {
        var verifier = new AuditVerifier(_db.DataSource, s_key, s_noHeads, TimeProvider.System);
        var report = await verifier.VerifyAsync();
        Assert.Empty(report.Faults);
        Assert.Equal(0, report.Waiting);
        Assert.Equal(report.Rows, await _db.ReadAsync(d => d.AuditLogs.LongCountAsync()));
    }

    [Fact]
    public async Task Traffic_moves_the_demo_and_leaves_other_customers_alone()
    {
        var mine = Some.Customer();
        var invoice = Some.Invoice(mine);
        await _db.AddAsync(mine, invoice);
        await _demo.LoadAsync();
        var before = await _db.ReadAsync(d => d.AuditLogs.CountAsync());
        using var traffic = new DemoTraffic(
            _db.Factory,
            _commands,
            new DemoStatus(_db.Factory, TimeProvider.System),
            TimeProvider.System,
            NullLogger<DemoTraffic>.Instance
        );

        var happened = new List<string?>();
        for (var i = 0; i < 12; i++)
        {
            happened.Add(await traffic.RunOnceAsync(CancellationToken.None));
        }

        Assert.Contains(happened, h => h is not null);
        Assert.True(await _db.ReadAsync(d => d.AuditLogs.CountAsync()) > before);
        Assert.Equal(
            1,
            await _db.ReadAsync(d => d.PaymentRecords.CountAsync(p => p.CustomerId == mine.Id))
        );
    }

    /// <summary>Agents, rules and templates. The audit log is not among them: it can only grow.</summary>
    private Task<(int, int, int)> StandardRowsAsync() =>
        _db.ReadAsync(async d =>
            (
                await d.Agents.CountAsync(),
                await d.ComplianceRules.CountAsync(),
                await d.Templates.CountAsync()
            )
        );

    private async Task AssertEveryContactIsCleared()
    {
        var contacts = await _db.ReadAsync(d => d.ContactAttempts.AsNoTracking().ToListAsync());
        Assert.True(contacts.Count > 1000);
        Assert.All(
            contacts,
            contact =>
            {
                Assert.Equal(Delivery.Confirmed, contact.Metadata!.Delivery);
                var decision = contact
                    .Metadata.Clearance!.Value.GetProperty("decision")
                    .GetString();
                Assert.Contains(decision, new[] { "allowed", "allowed_with_warning" });
            }
        );
        var rules = RuleSet.Compile(
            await _db.ReadAsync(d => d.ComplianceRules.AsNoTracking().ToListAsync())
        );
        Assert.Empty(rules.Broken);
    }
}
