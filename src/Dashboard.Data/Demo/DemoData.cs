using Bogus;
using Dashboard.Data.Audit;
using Dashboard.Data.Commands;
using Dashboard.Domain.Compliance;
using Dashboard.Domain.OptOuts;
using Microsoft.EntityFrameworkCore;

namespace Dashboard.Data.Demo;

/// <summary>What a load or a removal did.</summary>
/// <param name="Customers">Customers.</param>
/// <param name="Invoices">Invoices.</param>
/// <param name="Campaigns">Campaigns.</param>
/// <param name="Contacts">Contact attempts.</param>
public sealed record DemoReport(int Customers, int Invoices, int Campaigns, int Contacts);

/// <summary>
/// A believable company with a year of history, made up from a fixed seed and relative to now. Every row of it is known by
/// <c>ops.demo_entities</c>, so that removing it leaves everything else as it was.
/// </summary>
public sealed class DemoData(
    IDbContextFactory<DashboardDb> contexts,
    CommandRunner commands,
    TimeProvider time,
    AuditSealer? sealer = null
)
{
    private const int Seed = 20_260_401;

    /// <summary>True while demo data is in the database.</summary>
    public async Task<bool> IsLoadedAsync(CancellationToken cancellationToken = default)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return await db.Set<DemoEntity>().AnyAsync(cancellationToken);
    }

    /// <summary>Loads it, in one transaction; nothing happens when it is there already (null).</summary>
    public async Task<DemoReport?> LoadAsync(CancellationToken cancellationToken = default)
    {
        // The standard rules and templates stay when the demo goes.
        await commands.RunAsync(new SeedStandards(), Actor.System("demo"), cancellationToken);
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        // Two processes that start together must not load it twice.
        await db.Database.ExecuteSqlRawAsync(
            "SELECT pg_advisory_xact_lock(1684368751)",
            cancellationToken
        );
        if (await db.Set<DemoEntity>().AnyAsync(cancellationToken))
        {
            return null;
        }

        var now = time.GetUtcNow().UtcDateTime;
        var rules = await RulesAsync(db, now, cancellationToken);
        var world = Create(now, RuleSet.Compile(rules));
        await WriteAsync(db, world, cancellationToken);
        var trail = new AuditTrail(Actor.System("demo"), now);
        trail.Add("demo", Guid.Empty, "loaded", metadata: new { Customers = world.Book.Count });
        db.AuditLogs.AddRange(trail.Rows);
        await db.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        if (sealer is not null)
        {
            // Its events are older than the newest seal; left alone they would look like back-dated ones.
            await sealer.SealAsync(
                adopt: [.. world.Audit.Select(a => a.Id)],
                cancellationToken: cancellationToken
            );
        }

        return new DemoReport(
            world.Book.Count,
            world.Book.Sum(c => c.Invoices.Count),
            world.Campaigns.Count,
            world.Attempts.Count
        );
    }

    /// <summary>Removes it and whatever hangs on it; null when there is none.</summary>
    public Task<DemoReport?> RemoveAsync(CancellationToken cancellationToken = default) =>
        DemoRemoval.RunAsync(contexts, time, cancellationToken);

    private static DemoWorld Create(DateTime now, RuleSet rules)
    {
        var world = new DemoWorld(now);
        var random = new Randomizer(Seed);
        DemoAgents.Write(world, random);
        new DemoBook(world, random).Write();
        OptOuts(world, random);
        new DemoCampaigns(world, random, new DemoContacts(world, random, rules)).Write();
        foreach (var customer in world.Book)
        {
            var answered = customer.History.Count(h =>
                h.Status
                    is Domain.Contacts.ContactStatus.Answered
                        or Domain.Contacts.ContactStatus.Replied
            );
            customer.Profile.ResponseRate =
                customer.History.Count == 0
                    ? null
                    : Math.Round((decimal)answered / customer.History.Count, 2);
        }

        return world;
    }

    private static void OptOuts(DemoWorld world, Randomizer random)
    {
        foreach (var customer in world.Book.Where(_ => random.Bool(0.07f)))
        {
            var at = world.Now.AddDays(-random.Int(2, 150)).AddMinutes(random.Int(0, 1440));
            var channel = random.WeightedRandom(
                [OptOutChannel.Sms, OptOutChannel.Phone, OptOutChannel.Email, OptOutChannel.All],
                [0.5f, 0.3f, 0.15f, 0.05f]
            );
            customer.OptOuts.Add(new OptOutFact(channel, at, null));
            world.OptOuts.Add(
                new OptOut
                {
                    Id = DemoWorld.NewId(at),
                    CustomerId = customer.Customer.Id,
                    Channel = channel,
                    Reason = channel == OptOutChannel.Sms ? "Replied STOP" : "Asked an agent",
                    OptedOutAt = at,
                    Metadata = new OptOutMetadata
                    {
                        Source = channel == OptOutChannel.Sms ? "sms" : "operator",
                    },
                }
            );
        }
    }

    /// <summary>The rules that are there, and the demo company's own.</summary>
    private static async Task<List<ComplianceRule>> RulesAsync(
        DashboardDb db,
        DateTime now,
        CancellationToken cancellationToken
    )
    {
        var rules = await db.ComplianceRules.AsNoTracking().ToListAsync(cancellationToken);
        var own = DemoRules.Create(now).FindAll(r => rules.TrueForAll(o => o.Name != r.Name));
        await BulkCopy.CopyAsync(db, own, cancellationToken);
        await BulkCopy.CopyAsync(db, DemoRules.Settings(own), cancellationToken);
        await BulkCopy.CopyAsync(
            db,
            Marks("compliance_rules", own.Select(r => r.Id)),
            cancellationToken
        );
        // What asks for approval came in today: nobody approved the contacts of the past year.
        return [.. rules, .. own.Where(r => r.Action != RuleAction.RequireApproval)];
    }

    private static async Task WriteAsync(
        DashboardDb db,
        DemoWorld world,
        CancellationToken cancellationToken
    )
    {
        await BulkCopy.CopyAsync(
            db,
            Marks("agents", world.Agents.Select(a => a.Id)),
            cancellationToken
        );
        await BulkCopy.CopyAsync(
            db,
            Marks("customers", world.Book.Select(c => c.Customer.Id)),
            cancellationToken
        );
        await BulkCopy.CopyAsync(db, world.Agents, cancellationToken);
        await BulkCopy.CopyAsync(db, [.. world.Book.Select(c => c.Customer)], cancellationToken);
        await BulkCopy.CopyAsync(db, [.. world.Book.Select(c => c.Profile)], cancellationToken);
        await BulkCopy.CopyAsync(
            db,
            [.. world.Book.SelectMany(c => c.Invoices)],
            cancellationToken
        );
        await BulkCopy.CopyAsync(db, world.OptOuts, cancellationToken);
        await BulkCopy.CopyAsync(db, world.Campaigns, cancellationToken);
        await BulkCopy.CopyAsync(db, world.Schedules, cancellationToken);
        await BulkCopy.CopyAsync(db, world.Tasks, cancellationToken);
        await BulkCopy.CopyAsync(db, world.Attempts, cancellationToken);
        await BulkCopy.CopyAsync(db, world.Audit, cancellationToken);
    }

    private static List<DemoEntity> Marks(string table, IEnumerable<Guid> ids) =>
        [.. ids.Select(id => new DemoEntity { TableName = table, RowId = id })];
}
