using System.Text.Json;
using Dashboard.Data.Contacts;
using Dashboard.Data.OptOuts;
using Dashboard.Data.Tests.Commands;
using Dashboard.Domain.Campaigns;
using Dashboard.Domain.Contacts;
using Dashboard.Domain.Customers;
using Dashboard.Domain.Json;
using Dashboard.Domain.OptOuts;
using Dashboard.Domain.Tasks;
using Dashboard.Tests.Shared;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace Dashboard.Data.Tests.OptOuts;

public sealed class InboundSmsTests : OptOutTest
{
    [Fact]
    public async Task Every_public_line_does_to_the_database_what_it_says()
    {
        var lines = File.ReadLines(KeywordFile())
            .Where(l => l.Length > 0)
            .Select(l => JsonDocument.Parse(l).RootElement)
            .ToList();
        Assert.True(lines.Count > 10);
        foreach (var line in lines)
        {
            var id = line.GetProperty("id").GetString()!;
            var customer = await CustomerAsync();
            var task = await TaskAsync(customer, TaskType.SendSms);
            var stopped = line.GetProperty("state_before").GetString() == "opted_out";
            if (stopped)
            {
                await DoneAsync(new RecordInboundSms(customer.Mobile!, "STOP"));
                Clock.Advance(TimeSpan.FromMinutes(1));
            }

            var outcome = await DoneAsync(
                new RecordInboundSms(
                    customer.Mobile!,
                    line.GetProperty("inbound_sms").GetString()!,
                    $"SM-{id}"
                )
            );

            Assert.True(
                line.GetProperty("expected").GetString() == outcome.Intent.ToText(),
                $"{id}: {outcome.Intent}"
            );
            await CheckAsync(id, outcome, customer, task);
        }
    }

    private async Task CheckAsync(
        string id,
        InboundSmsOutcome outcome,
        Customer customer,
        AgentTask task
    )
    {
        var holds = (await RowsAsync(customer)).Where(o =>
            o.ExpiresAt is null || o.ExpiresAt > Clock.Now
        );
        switch (outcome.Intent)
        {
            case SmsIntent.OptOut:
                Assert.True(Assert.Single(holds).ExpiresAt is null, id);
                Assert.Equal(AgentTaskStatus.Cancelled, await StatusAsync(task));
                break;
            case SmsIntent.Review:
                Assert.NotNull(Assert.Single(holds).Metadata!.Hold);
                Assert.Equal(AgentTaskStatus.Pending, await StatusAsync(task));
                break;
            default:
                Assert.Empty(holds);
                break;
        }
    }

    [Fact]
    public async Task The_same_message_twice_is_one()
    {
        var customer = await CustomerAsync();
        var first = await DoneAsync(new RecordInboundSms(customer.Mobile!, "STOP", "SM1"));
        var again = await DoneAsync(new RecordInboundSms(customer.Mobile!, "STOP", "SM1"));

        Assert.True(again.Repeated);
        Assert.Equal(first.InboundId, again.InboundId);
        Assert.Equal(1, await Database.ReadAsync(db => db.InboundContacts.CountAsync()));
    }

    [Fact]
    public async Task Two_deliveries_at_once_record_one_message()
    {
        var customer = await CustomerAsync();
        var deliveries = await Task.WhenAll(
            Enumerable
                .Range(0, 8)
                .Select(_ => RunAsync(new RecordInboundSms(customer.Mobile!, "hm?", "SM7")))
        );

        Assert.All(deliveries, d => Assert.Null(d.Error));
        Assert.Equal(1, await Database.ReadAsync(db => db.InboundContacts.CountAsync()));
    }

    [Fact]
    public async Task A_wish_beyond_text_messages_stops_every_channel()
    {
        var customer = await CustomerAsync();
        var email = await TaskAsync(customer, TaskType.SendEmail);

        var outcome = await DoneAsync(
            new RecordInboundSms(customer.Mobile!, "Don't contact me again about this")
        );

        Assert.Equal(OptOutChannel.All, Assert.Single(outcome.Receipts).Channel);
        Assert.Equal(AgentTaskStatus.Cancelled, await StatusAsync(email));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_text_ends_only_a_stop_that_a_text_made(bool byText)
    {
        var customer = await CustomerAsync();
        if (byText)
        {
            await DoneAsync(new RecordInboundSms(customer.Mobile!, "stop"));
        }
        else
        {
            await DoneAsync(new AddOptOut(customer.Id, OptOutChannel.Sms, "By letter"));
        }

        Clock.Advance(TimeSpan.FromMinutes(1));
        var outcome = await DoneAsync(new RecordInboundSms(customer.Mobile!, "START"));

        Assert.Equal(byText ? SmsIntent.OptIn : SmsIntent.Review, outcome.Intent);
        var row = Assert.Single(await RowsAsync(customer));
        Assert.Equal(byText ? Clock.Now : null, row.ExpiresAt);
    }

    [Fact]
    public async Task Who_may_not_lift_stops_cannot_do_it_by_recording_a_text()
    {
        var customer = await CustomerAsync();
        await DoneAsync(new RecordInboundSms(customer.Mobile!, "stop"));

        var outcome = await DoneAsync(
            new RecordInboundSms(customer.Mobile!, "START", null, customer.Id),
            Actors.Manager
        );

        Assert.Equal(SmsIntent.Review, outcome.Intent);
        Assert.Null(Assert.Single(await RowsAsync(customer)).ExpiresAt);
    }

    [Fact]
    public async Task Help_is_answered_unless_the_customer_must_not_be_texted()
    {
        var customer = await CustomerAsync();
        var before = await DoneAsync(new RecordInboundSms(customer.Mobile!, "help"));
        await DoneAsync(new AddOptOut(customer.Id, OptOutChannel.All));
        var after = await DoneAsync(new RecordInboundSms(customer.Mobile!, "help"));

        Assert.True(before.AnswerHelp);
        Assert.False(after.AnswerHelp);
    }

    [Fact]
    public async Task A_number_of_two_customers_holds_both_until_somebody_decides()
    {
        var one = await CustomerAsync("+44 (0)20 7946 0111");
        var two = await CustomerAsync("020 7946 0111");
        var task = await TaskAsync(two, TaskType.SendSms);

        var outcome = await DoneAsync(new RecordInboundSms("+442079460111", "STOP"));

        Assert.Equal(SmsIntent.Review, outcome.Intent);
        Assert.Equal(2, outcome.Receipts.Count);
        Assert.All(outcome.Receipts, r => Assert.True(r.UntilReviewed));
        Assert.NotNull(Assert.Single(await RowsAsync(one)).Metadata!.Hold);

        await DoneAsync(
            new ReviewInboundSms(
                outcome.InboundId,
                [OptOutChannel.Sms],
                two.Id,
                "Called back: it is two's phone"
            ),
            Actors.Officer
        );

        Assert.True(Assert.Single(await RowsAsync(one)).ExpiresAt <= Clock.Now);
        Assert.Null(Assert.Single(await RowsAsync(two)).ExpiresAt);
        Assert.Equal(AgentTaskStatus.Cancelled, await StatusAsync(task));
    }

    [Fact]
    public async Task An_unknown_sender_waits_to_be_read()
    {
        var customer = await CustomerAsync();
        var outcome = await DoneAsync(new RecordInboundSms("+15005550006", "STOP"));
        var nobody = await RunAsync(
            new ReviewInboundSms(outcome.InboundId, [OptOutChannel.Sms], null, "Stop"),
            Actors.Officer
        );
        await DoneAsync(
            new ReviewInboundSms(
                outcome.InboundId,
                [OptOutChannel.All],
                customer.Id,
                "Other phone of theirs"
            ),
            Actors.Officer
        );

        Assert.Equal(SmsIntent.Review, outcome.Intent);
        Assert.Equal("CustomerId", nobody.Error!.Field);
        Assert.Equal(OptOutChannel.All, Assert.Single(await RowsAsync(customer)).Channel);
        var twice = await RunAsync(
            new ReviewInboundSms(outcome.InboundId, [], customer.Id, "Again"),
            Actors.Officer
        );
        Assert.Equal("illegal_transition", twice.Error!.Code);
    }

    [Fact]
    public async Task What_was_read_and_is_no_opt_out_lets_tasks_go_on_and_counts_as_a_reply()
    {
        var customer = await CustomerAsync();
        var attempt = await SentAsync(customer);
        var first = await DoneAsync(new RecordInboundSms(customer.Mobile!, "no more snow here"));
        var second = await DoneAsync(new RecordInboundSms(customer.Mobile!, "who is this"));
        Assert.Equal(2, Assert.Single(await RowsAsync(customer)).Metadata!.Hold!.InboundIds.Count);
        var waiting = Some.Task(
            customer,
            null,
            t =>
            {
                t.Type = TaskType.SendSms;
                t.DueAt = Some.Now + OptOutHold.Length;
                t.Context.Gate = new TaskGate { Decision = "blocked", EvaluatedAt = Some.Now };
            }
        );
        await Database.AddAsync(waiting);
        Clock.Advance(TimeSpan.FromHours(1));

        await DoneAsync(
            new ReviewInboundSms(first.InboundId, [], null, "About the weather"),
            Actors.Officer
        );
        Assert.NotNull(Assert.Single(await RowsAsync(customer)).Metadata!.Hold);
        await DoneAsync(
            new ReviewInboundSms(second.InboundId, [], null, "Explained"),
            Actors.Officer
        );

        var row = Assert.Single(await RowsAsync(customer));
        Assert.Equal((Clock.Now, true), (row.ExpiresAt, row.Metadata!.Hold is null));
        var due = await Database.ReadAsync(db =>
            db.Tasks.Where(t => t.Id == waiting.Id).Select(t => t.DueAt).SingleAsync()
        );
        Assert.Equal(Clock.Now, due);
        var after = await Database.ReadAsync(db =>
            db.ContactAttempts.SingleAsync(a => a.Id == attempt.Id)
        );
        Assert.Equal((ContactStatus.Replied, "who is this"), (after.Status, after.Response));
    }

    [Fact]
    public async Task A_hold_gives_back_the_wish_that_held_before_it()
    {
        var customer = await CustomerAsync();
        var end = Some.Now.AddDays(10);
        await DoneAsync(new AddOptOut(customer.Id, OptOutChannel.Sms, "Holiday", end));
        var outcome = await DoneAsync(new RecordInboundSms(customer.Mobile!, "wrong number"));
        Assert.True(Assert.Single(await RowsAsync(customer)).ExpiresAt > Some.Now.AddYears(5));
        await DoneAsync(
            new AddOptOut(customer.Id, OptOutChannel.Sms, "Longer holiday", end.AddDays(5))
        );
        await DoneAsync(
            new ReviewInboundSms(outcome.InboundId, [], null, "Right number"),
            Actors.Officer
        );

        var row = Assert.Single(await RowsAsync(customer));
        Assert.Equal((end.AddDays(5), "Longer holiday"), (row.ExpiresAt, row.Reason));
    }

    [Fact]
    public async Task An_ordinary_text_is_the_reply_to_our_last_one()
    {
        var customer = await CustomerAsync();
        var attempt = await SentAsync(customer);

        var outcome = await DoneAsync(new RecordInboundSms(customer.Mobile!, "We pay on Friday\0"));

        Assert.True(outcome.Replied);
        var after = await Database.ReadAsync(db =>
            db.ContactAttempts.SingleAsync(a => a.Id == attempt.Id)
        );
        Assert.Equal("We pay on Friday", after.Response);
    }

    [Fact]
    public async Task A_stop_after_an_unclear_text_holds_for_good_whatever_the_review_says()
    {
        var customer = await CustomerAsync();
        var unclear = await DoneAsync(new RecordInboundSms(customer.Mobile!, "stpo"));
        await DoneAsync(new RecordInboundSms(customer.Mobile!, "STOP"));
        await DoneAsync(
            new ReviewInboundSms(unclear.InboundId, [], null, "A slip"),
            Actors.Officer
        );

        var row = Assert.Single(await RowsAsync(customer));
        Assert.Equal((null, OptOutSources.Sms), (row.ExpiresAt, row.Metadata!.Source));
    }

    private async Task<ContactAttempt> SentAsync(Customer customer)
    {
        var agent = Some.Agent();
        var task = Some.Task(
            customer,
            null,
            t =>
            {
                t.Type = TaskType.SendSms;
                t.Status = AgentTaskStatus.Completed;
            }
        );
        await Database.AddAsync(task, agent);
        var attempt = Some.Attempt(task, agent, a => a.Channel = Channel.Sms);
        await Database.AddAsync(attempt);
        return attempt;
    }

    private static string KeywordFile()
    {
        var root = new DirectoryInfo(AppContext.BaseDirectory);
        while (root is not null && !File.Exists(Path.Combine(root.FullName, "Dashboard.sln")))
        {
            root = root.Parent;
        }

        return new[] { "../shared", "../../shared" }
            .Select(c =>
                Path.GetFullPath(
                    Path.Combine(root!.FullName, c, "compliance", "keywords-public.jsonl")
                )
            )
            .First(File.Exists);
    }
}
