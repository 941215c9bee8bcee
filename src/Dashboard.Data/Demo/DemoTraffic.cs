using Bogus;
using Dashboard.Data.Campaigns;
using Dashboard.Data.Commands;
using Dashboard.Data.Contacts;
using Dashboard.Data.Payments;
using Dashboard.Domain.Contacts;
using Dashboard.Domain.Payments;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Dashboard.Data.Demo;

/// <summary>
/// Keeps the demo alive while its data is loaded: now and then a demo customer pays, replies or gets an invoice, through the
/// same commands as people use. It never touches a customer that is not part of the demo.
/// </summary>
public sealed class DemoTraffic(
    IDbContextFactory<DashboardDb> contexts,
    CommandRunner commands,
    DemoStatus status,
    TimeProvider time,
    ILogger<DemoTraffic> log
) : BackgroundService
{
    private static readonly TimeSpan Quiet = TimeSpan.FromSeconds(15);
    private static readonly Actor Actor = Actor.System("demo");

    private readonly Randomizer _random = new();

    /// <summary>Makes one thing happen; what it was, or null when there was nothing to do.</summary>
    public async Task<string?> RunOnceAsync(CancellationToken cancellationToken)
    {
        if (!await status.IsLoadedAsync(cancellationToken))
        {
            return null;
        }

        return _random.Int(0, 9) switch
        {
            < 3 => await PayAsync(cancellationToken),
            < 6 => await ReplyAsync(cancellationToken),
            < 8 => await InvoiceAsync(cancellationToken),
            _ => await EnrolAsync(cancellationToken),
        };
    }

    /// <inheritdoc />
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Quiet, time);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
            {
                await TickAsync(stoppingToken);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The host stops.
        }
    }

    private async Task TickAsync(CancellationToken cancellationToken)
    {
        try
        {
            await RunOnceAsync(cancellationToken);
        }
        catch (Exception failure) when (failure is not OperationCanceledException)
        {
            log.LogWarning(failure, "The demo missed a beat; it goes on.");
        }
    }

    private async Task<string?> PayAsync(CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var invoice = await db
            .PaymentRecords.AsNoTracking()
            .Where(p => p.Status == PaymentStatus.Overdue || p.Status == PaymentStatus.Partial)
            .Where(p => Customers(db).Contains(p.CustomerId))
            .OrderBy(_ => EF.Functions.Random())
            .FirstOrDefaultAsync(cancellationToken);
        if (invoice is null)
        {
            return null;
        }

        var open = invoice.Amount - (invoice.Metadata?.AmountPaid ?? 0);
        var amount = _random.Bool(0.75f) || open < 10 ? open : Math.Round(open / 2, 2);
        var result = await commands.RunAsync(
            new RecordPayment(invoice.Id, amount),
            Actor,
            cancellationToken
        );
        return result.Succeeded ? "payment" : null;
    }

    private async Task<string?> ReplyAsync(CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var since = time.GetUtcNow().UtcDateTime.AddDays(-2);
        var attempt = await db
            .ContactAttempts.AsNoTracking()
            .Where(a => a.Timestamp > since && a.Response == null && a.Channel != Channel.Phone)
            .Where(a => a.Status == ContactStatus.Delivered || a.Status == ContactStatus.Opened)
            .Where(a => Customers(db).Contains(a.CustomerId))
            .OrderBy(_ => EF.Functions.Random())
            .FirstOrDefaultAsync(cancellationToken);
        if (attempt is null)
        {
            return null;
        }

        var result = await commands.RunAsync(
            new RecordReply(attempt.Id, DemoOutcome.Reply(_random)),
            Actor,
            cancellationToken
        );
        return result.Succeeded ? "reply" : null;
    }

    private async Task<string?> InvoiceAsync(CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var last = await db
            .PaymentRecords.AsNoTracking()
            .Where(p => Customers(db).Contains(p.CustomerId))
            .OrderBy(_ => EF.Functions.Random())
            .FirstOrDefaultAsync(cancellationToken);
        if (last is null)
        {
            return null;
        }

        // One in three comes late out of the bookkeeping and is overdue already: the next enrolment picks it up.
        var days = _random.Int(0, 2) == 0 ? -_random.Int(1, 5) : _random.ArrayElement([14, 30, 45]);
        var result = await commands.RunAsync(
            new AddDemoInvoice(last, days),
            Actor,
            cancellationToken
        );
        return result.Succeeded ? "invoice" : null;
    }

    private async Task<string?> EnrolAsync(CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var today = DateOnly.FromDateTime(time.GetUtcNow().UtcDateTime);
        var ids = await db
            .PaymentRecords.Where(p => p.Status == PaymentStatus.Overdue && p.DueDate < today)
            .Select(p => p.CustomerId)
            .Where(id => Customers(db).Contains(id))
            .Distinct()
            .OrderBy(_ => EF.Functions.Random())
            .Take(3)
            .ToListAsync(cancellationToken);
        var result = await commands.RunAsync(new EnrolCustomers(ids), Actor, cancellationToken);
        return result is { Succeeded: true, Value.Enrolled: > 0 } ? "campaign" : null;
    }

    private static IQueryable<Guid> Customers(DashboardDb db) =>
        db.Set<DemoEntity>().Where(e => e.TableName == "customers").Select(e => e.RowId);
}
