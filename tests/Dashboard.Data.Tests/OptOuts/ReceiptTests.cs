using System.Diagnostics;
using Dashboard.Data.Customers;
using Dashboard.Data.OptOuts;
using Dashboard.Data.Tests.Commands;
using Dashboard.Domain.Campaigns;
using Dashboard.Domain.Contacts;
using Dashboard.Domain.OptOuts;
using Dashboard.Domain.Tasks;
using Dashboard.Tests.Shared;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace Dashboard.Data.Tests.OptOuts;

public sealed class ReceiptTests(ITestOutputHelper output) : OptOutTest
{
    [Fact]
    public async Task An_opt_out_cancels_its_channel_in_every_campaign_and_says_what_and_what_was_on_its_way()
    {
        var customer = await CustomerAsync();
        var (one, two) = (
            Some.Campaign(customer),
            Some.Campaign(customer, null, c => c.Name = "Second")
        );
        await Database.AddAsync(one, two);
        var first = await TaskAsync(customer, TaskType.SendSms, one);
        var second = await TaskAsync(customer, TaskType.SendSms, two);
        var byHand = await TaskAsync(customer, TaskType.SendSms);
        var email = await TaskAsync(customer, TaskType.SendEmail, one);
        var elsewhere = await TaskAsync(customer, TaskType.SendSms, two, Channel.Email);
        var attempt = await ReservedAsync(await TaskAsync(customer, TaskType.SendSms));

        var receipt = await DoneAsync(
            new AddOptOut(customer.Id, OptOutChannel.Sms, "Leave me alone"),
            Actors.Manager
        );

        Assert.Equal(
            new[] { first.Id, second.Id, byHand.Id }.Order(),
            receipt.Cancelled.Select(t => t.Id).Order()
        );
        Assert.Equal(3, receipt.CancelledCount);
        Assert.Contains(receipt.Cancelled, t => t is { Campaign: "Second", StepNumber: > 0 });
        Assert.Equal(elsewhere.Id, Assert.Single(receipt.Rerouted).Id);
        var onItsWay = Assert.Single(receipt.InFlight);
        Assert.Equal((attempt.Id, Delivery.Reserved), (onItsWay.AttemptId, onItsWay.Delivery));
        Assert.Null(receipt.Until);
        Assert.Equal(("Maria Silva", Some.Now), (receipt.RecordedByName, receipt.RecordedAt));
        Assert.Equal(AgentTaskStatus.Cancelled, await StatusAsync(second));
        Assert.Equal(AgentTaskStatus.Pending, await StatusAsync(email));
        var kept = Assert.Single(await RowsAsync(customer));
        Assert.Equal(3, kept.Metadata!.Receipt!.CancelledCount);
    }

    [Fact]
    public async Task A_temporary_opt_out_lets_tasks_wait_and_says_so()
    {
        var customer = await CustomerAsync();
        var task = await TaskAsync(customer, TaskType.MakeCall);
        var end = Some.Now.AddDays(7);

        var receipt = await DoneAsync(new AddOptOut(customer.Id, OptOutChannel.Phone, null, end));

        Assert.Equal((0, 1), (receipt.CancelledCount, receipt.WaitingCount));
        Assert.Equal(task.Id, Assert.Single(receipt.Waiting).Id);
        Assert.Equal(end, receipt.Until);
        Assert.Equal(AgentTaskStatus.Pending, await StatusAsync(task));
    }

    [Fact]
    public async Task A_later_wish_never_shortens_and_keeps_the_first_receipt()
    {
        var customer = await CustomerAsync();
        await TaskAsync(customer, TaskType.SendEmail);
        await DoneAsync(new AddOptOut(customer.Id, OptOutChannel.Email, "First"));

        await DoneAsync(new AddOptOut(customer.Id, OptOutChannel.Email, null, Some.Now.AddDays(1)));

        var row = Assert.Single(await RowsAsync(customer));
        Assert.Null(row.ExpiresAt);
        Assert.Equal("First", row.Reason);
        Assert.Equal(1, row.Metadata!.Receipt!.CancelledCount);
    }

    [Fact]
    public async Task An_opt_out_with_hundreds_of_campaigns_is_one_short_transaction()
    {
        var customer = await CustomerAsync();
        var campaigns = Enumerable
            .Range(0, 400)
            .Select(i => Some.Campaign(customer, null, c => c.Name = $"Campaign {i}"))
            .ToList();
        await Database.AddAsync([.. campaigns]);
        await Database.AddAsync([
            .. campaigns.SelectMany(c =>
                new[] { TaskType.SendEmail, TaskType.SendSms, TaskType.MakeCall }.Select(t =>
                    Some.Task(
                        customer,
                        c,
                        k =>
                        {
                            k.Type = t;
                            k.Context.StepNumber = (int)t + 1;
                        }
                    )
                )
            ),
        ]);
        var watch = Stopwatch.StartNew();

        var receipt = await DoneAsync(new AddOptOut(customer.Id, OptOutChannel.All));

        output.WriteLine(
            $"{receipt.CancelledCount} tasks of {campaigns.Count} campaigns cancelled in {watch.ElapsedMilliseconds} ms"
        );
        Assert.Equal(1200, receipt.CancelledCount);
        Assert.Equal(OptOutReceipt.MostLines, receipt.Cancelled.Count);
        var left = await Database.ReadAsync(db =>
            db.Tasks.CountAsync(t => t.Status != AgentTaskStatus.Cancelled)
        );
        Assert.Equal(0, left);
        var audited = await Database.ReadAsync(db =>
            db.AuditLogs.CountAsync(a => a.EntityType == "task")
        );
        Assert.Equal(1200, audited);
    }

    [Fact]
    public async Task Only_a_compliance_officer_ends_or_shortens_and_the_row_says_who()
    {
        var customer = await CustomerAsync();
        var receipt = await DoneAsync(new AddOptOut(customer.Id, OptOutChannel.Email));
        var id = receipt.OptOutId!.Value;

        var byManager = await RunAsync(new RemoveOptOuts([id], "Mistake"), Actors.Manager);
        var shortened = await RunAsync(
            new ChangeOptOut(id, null, Some.Now.AddDays(1), "Shorter"),
            Actors.Manager
        );
        var silent = await RunAsync(new RemoveOptOuts([id], " "), Actors.Officer);
        Clock.Advance(TimeSpan.FromMinutes(1));
        var removed = await DoneAsync(new RemoveOptOuts([id], "Wrong customer"), Actors.Officer);

        Assert.Equal("forbidden", byManager.Error!.Code);
        Assert.Equal("forbidden", shortened.Error!.Code);
        Assert.Equal("Reason", silent.Error!.Field);
        Assert.Equal(new OptOutsRemoved(1, 0), removed);
        var row = Assert.Single(await RowsAsync(customer));
        Assert.Equal(Clock.Now, row.ExpiresAt);
        Assert.Equal(
            ("Maria Silva", "Wrong customer"),
            (row.Metadata!.Ended!.ByName, row.Metadata.Ended.Reason)
        );
        var audit = await Database.ReadAsync(db =>
            db.AuditLogs.SingleAsync(a => a.Action == "ended" && a.EntityType == "opt_out")
        );
        Assert.Contains(
            "Wrong customer",
            audit.Metadata!.Value.GetRawText(),
            StringComparison.Ordinal
        );
        Assert.NotNull(audit.Changes);
    }

    [Fact]
    public async Task A_wish_recorded_again_after_its_end_begins_anew()
    {
        var customer = await CustomerAsync();
        var first = await DoneAsync(new AddOptOut(customer.Id, OptOutChannel.Email, "Old"));
        Clock.Advance(TimeSpan.FromMinutes(1));
        await DoneAsync(new RemoveOptOuts([first.OptOutId!.Value], "Mistake"), Actors.Officer);
        Clock.Advance(TimeSpan.FromDays(1));
        await DoneAsync(new AddOptOut(customer.Id, OptOutChannel.Email, "New"));

        var row = Assert.Single(await RowsAsync(customer));
        Assert.Equal((Clock.Now, null, "New"), (row.OptedOutAt, row.ExpiresAt, row.Reason));
        Assert.Null(row.Metadata!.Ended);
    }

    [Fact]
    public async Task A_shortened_opt_out_lets_the_gate_look_again()
    {
        var customer = await CustomerAsync();
        var receipt = await DoneAsync(
            new AddOptOut(customer.Id, OptOutChannel.Sms, null, Some.Now.AddDays(30))
        );
        var task = Some.Task(
            customer,
            null,
            t =>
            {
                t.Type = TaskType.SendSms;
                t.DueAt = Some.Now.AddDays(30);
                t.Context.Gate = new TaskGate { Decision = "blocked", EvaluatedAt = Some.Now };
            }
        );
        await Database.AddAsync(task);

        var changed = await DoneAsync(
            new ChangeOptOut(
                receipt.OptOutId!.Value,
                "Until Friday",
                Some.Now.AddDays(2),
                "Typed wrongly"
            ),
            Actors.Officer
        );

        Assert.Equal(Some.Now.AddDays(2), changed.Until);
        var due = await Database.ReadAsync(db =>
            db.Tasks.Where(t => t.Id == task.Id).Select(t => t.DueAt).SingleAsync()
        );
        Assert.Equal(Some.Now, due);
    }

    [Fact]
    public async Task A_contact_reserved_while_the_opt_out_waited_lies_before_it()
    {
        var customer = await CustomerAsync();
        var attempt = await ReservedAsync(
            await TaskAsync(customer, TaskType.SendSms),
            Some.Now.AddSeconds(2)
        );

        await DoneAsync(new AddOptOut(customer.Id, OptOutChannel.Sms));

        Assert.True(Assert.Single(await RowsAsync(customer)).OptedOutAt > attempt.Timestamp);
    }

    [Fact]
    public async Task Do_not_contact_keeps_its_reason_and_receipt_and_takes_a_reason_to_lift()
    {
        var customer = await CustomerAsync();
        await TaskAsync(customer, TaskType.SendEmail);
        await TaskAsync(customer, TaskType.MakeCall, null, Channel.Email);

        var receipts = await DoneAsync(
            new SetDoNotContact(customer.Id, true, "Insolvency administrator"),
            Actors.Manager
        );
        var silent = await RunAsync(new SetDoNotContact(customer.Id, false), Actors.Officer);

        Assert.Equal(2, Assert.Single(receipts).CancelledCount);
        Assert.Equal("Reason", silent.Error!.Field);
        var audit = await Database.ReadAsync(db =>
            db.AuditLogs.SingleAsync(a => a.Action == SetDoNotContact.Action)
        );
        var told = audit.Metadata!.Value;
        Assert.Equal("Insolvency administrator", told.GetProperty("reason").GetString());
        Assert.Equal(2, told.GetProperty("receipt").GetProperty("cancelled_count").GetInt32());
    }

    private async Task<ContactAttempt> ReservedAsync(AgentTask task, DateTime? at = null)
    {
        var agent = Some.Agent();
        await Database.AddAsync(agent);
        await using var db = await Database.Factory.CreateDbContextAsync();
        await db
            .Tasks.Where(t => t.Id == task.Id)
            .ExecuteUpdateAsync(t =>
                t.SetProperty(x => x.Status, AgentTaskStatus.InProgress)
                    .SetProperty(x => x.StartedAt, Some.Now.AddSeconds(-5))
            );
        var attempt = Some.Attempt(
            task,
            agent,
            a =>
            {
                a.Channel = Channel.Sms;
                a.Timestamp = at ?? Some.Now.AddSeconds(-5);
                a.Metadata = new ContactMetadata { Delivery = Delivery.Reserved };
            }
        );
        await Database.AddAsync(attempt);
        return attempt;
    }
}
