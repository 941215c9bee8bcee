using System.Diagnostics;
using System.Globalization;
using Dashboard.Data.Commands;
using Dashboard.Data.Customers;
using Dashboard.Data.OptOuts;
using Dashboard.Data.Tasks;
using Dashboard.Domain.Contacts;
using Dashboard.Domain.OptOuts;
using Dashboard.Domain.Tasks;
using Dashboard.Tests.Shared;

namespace Dashboard.Engine.Tests.Race;

/// <summary>
/// Everything that happens beside the engines: tasks are queued again and again, operators add contacts and retry, people and
/// programs call and text, customers say no by command and by plain SQL, a rule is added.
/// </summary>
internal sealed class RaceLoad(TestDatabase database, RaceBook book, RaceStops stops)
{
    private readonly CommandRunner _commands = new(database.Factory, TimeProvider.System);
    private const int FewestStarts = 10;

    private int _started;
    private int _refused;

    /// <summary>Contacts people and programs started.</summary>
    public int Started => _started;

    /// <summary>Contacts they were refused.</summary>
    public int Refused => _refused;

    /// <summary>Runs for a time, and on a busy machine until people have had their turn.</summary>
    public async Task RunAsync(TimeSpan length)
    {
        using var end = new CancellationTokenSource();
        var ending = EndAsync(length, end);
        var ticks = new[]
        {
            EveryAsync(150, RequeueAsync, end.Token),
            EveryAsync(40, AskAsync, end.Token),
            EveryAsync(200, RetryAsync, end.Token),
            EveryAsync(Milliseconds(length, 50), OptOutAsync, end.Token),
            EveryAsync(120, MarkAsync, end.Token),
            EveryAsync(250, MoveAsync, end.Token),
            OnceAsync(length * 2 / 3, BlockTextMessagesAsync, end.Token),
        };
        var agents = book
            .Callers.Select(a => ActAsync(a, TaskType.MakeCall, end.Token))
            .Concat(book.Texters.Select(a => ActAsync(a, TaskType.SendSms, end.Token)));
        await Task.WhenAll([ending, .. ticks, .. agents]);
    }

    private async Task EndAsync(TimeSpan length, CancellationTokenSource end)
    {
        var clock = Stopwatch.StartNew();
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(100));
        while (clock.Elapsed < length || (_started < FewestStarts && clock.Elapsed < length * 4))
        {
            await timer.WaitForNextTickAsync(CancellationToken.None);
        }

        await end.CancelAsync();
    }

    private static int Milliseconds(TimeSpan length, int times) =>
        Math.Max(20, (int)length.TotalMilliseconds / times);

    /// <summary>Whatever waits falls due now, whatever ended waits again, by plain SQL: nobody asks the gate here.</summary>
    private async Task RequeueAsync()
    {
        await database.DataSource.ExecuteAsync(
            """
            UPDATE tasks SET due_at = timezone('utc', clock_timestamp())
            WHERE id IN (SELECT id FROM tasks WHERE status = 'pending' ORDER BY random() LIMIT 300 FOR UPDATE SKIP LOCKED)
            """
        );
        await database.DataSource.ExecuteAsync(
            """
            UPDATE tasks SET status = 'pending', attempts = 0, completed_at = NULL, assigned_agent_id = NULL,
                             due_at = timezone('utc', clock_timestamp()), context = context - 'lease' - 'outcome'
            WHERE id IN (SELECT id FROM tasks WHERE status IN ('completed', 'failed', 'cancelled') ORDER BY random() LIMIT 100
                         FOR UPDATE SKIP LOCKED)
            """
        );
    }

    /// <summary>An operator asks for one contact by hand.</summary>
    private async Task AskAsync()
    {
        var channel = Random.Shared.GetItems([Channel.Email, Channel.Sms, Channel.Phone], 1)[0];
        var customer = Anybody();
        await RunAsync(
            new CreateManualTask(
                customer,
                channel,
                RaceBook.Template(TaskTypes.Of(TaskTypes.StepOf(channel))),
                Random.Shared.Next(2) == 0 ? null : book.Invoices[customer][Random.Shared.Next(2)]
            )
        );
    }

    private async Task RetryAsync()
    {
        var ended = await database.DataSource.QueryAsync(
            "SELECT id FROM tasks WHERE status IN ('failed', 'cancelled', 'pending') ORDER BY random() LIMIT 10"
        );
        await RunAsync(new RetryTasks(new TaskSelection([.. ended.Select(Guid.Parse)])));
    }

    /// <summary>Customers 50 to 129 opt out: for good by command, for some seconds or for good by plain SQL.</summary>
    private async Task OptOutAsync()
    {
        var customer = book.CustomerIds[50 + Random.Shared.Next(80)];
        var channel = Random.Shared.GetItems(["email", "sms", "phone", "all"], 1)[0];
        if (Random.Shared.Next(2) == 0)
        {
            await RunAsync(
                new AddOptOut(
                    customer,
                    Enum.Parse<OptOutChannel>(channel, ignoreCase: true),
                    "asked"
                )
            );
            stops.Add("opt_out", customer, channel == "all" ? null : channel);
            return;
        }

        DateTime? until = Random.Shared.Next(2) == 0 ? RaceClock.Now.AddSeconds(6) : null;
        var end = until is { } at
            ? $"'{at.ToString("yyyy-MM-dd HH:mm:ss.ffffff", CultureInfo.InvariantCulture)}'"
            : "NULL";
        var added = await database.DataSource.ExecuteAsync(
            $"""
            INSERT INTO opt_outs (id, customer_id, channel, opted_out_at, expires_at)
            VALUES (gen_random_uuid(), '{customer}', '{channel}', timezone('utc', clock_timestamp()), {end})
            ON CONFLICT DO NOTHING
            """
        );
        if (added == 1)
        {
            stops.Add("opt_out", customer, channel == "all" ? null : channel, until);
        }
    }

    /// <summary>Customers 0 to 49 are marked as not to be contacted, and unmarked, by command and by plain SQL.</summary>
    private async Task MarkAsync()
    {
        const string Kind = "do_not_contact";
        var customer = book.CustomerIds[Random.Shared.Next(50)];
        await SetMarkAsync(customer, true);
        stops.Begin(Kind, customer);
        var another = book.CustomerIds[Random.Shared.Next(50)];
        stops.End(Kind, another);
        await SetMarkAsync(another, false);
    }

    private Task SetMarkAsync(Guid customer, bool isMarked) =>
        Random.Shared.Next(2) == 0
            ? RunAsync(new SetDoNotContact(customer, isMarked))
            : database.DataSource.ExecuteAsync(
                $"UPDATE customer_profiles SET do_not_contact = {isMarked} WHERE customer_id = '{customer}'"
            );

    /// <summary>Customers 130 to 159 may also be in a zone where it is too late.</summary>
    private async Task MoveAsync()
    {
        const string Kind = "zone";
        var customer = book.CustomerIds[130 + Random.Shared.Next(30)];
        await SetZoneAsync(customer, $"'{RaceRules.ClosedZone}'");
        stops.Begin(Kind, customer);
        var another = book.CustomerIds[130 + Random.Shared.Next(30)];
        stops.End(Kind, another);
        await SetZoneAsync(another, string.Empty);
    }

    private Task<int> SetZoneAsync(Guid customer, string zones) =>
        database.DataSource.ExecuteAsync(
            $"""
            INSERT INTO ops.contact_preferences (customer_id, other_timezones) VALUES ('{customer}', ARRAY[{zones}]::text[])
            ON CONFLICT (customer_id) DO UPDATE SET other_timezones = excluded.other_timezones
            """
        );

    private async Task BlockTextMessagesAsync()
    {
        await database.DataSource.ExecuteAsync(
            """
            INSERT INTO compliance_rules (id, name, rule_type, condition, action)
            VALUES (gen_random_uuid(), 'No more text messages', 'channel_restriction', '{"kind":"channel_block","channels":["sms"]}', 'block_contact')
            """
        );
        stops.Add("rule", null, "sms");
    }

    /// <summary>A person or a program: takes tasks, or picks one, starts it, speaks a while, tells what came of it.</summary>
    private async Task ActAsync(Guid agent, TaskType type, CancellationToken cancellationToken)
    {
        try
        {
            while (!cancellationToken.IsCancellationRequested)
            {
                var claimed = await _commands.RunAsync(
                    new ClaimTasks(agent, 3),
                    Actor.System("race"),
                    CancellationToken.None
                );
                var tasks =
                    claimed.Succeeded && claimed.Value.Count > 0
                        ? claimed.Value
                        : await AnyWaitingAsync(type);
                foreach (var task in tasks)
                {
                    await CarryOutAsync(agent, task, type, cancellationToken);
                }
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // The run is over; what was started stays reserved, which counts.
        }
    }

    private async Task CarryOutAsync(
        Guid agent,
        Guid task,
        TaskType type,
        CancellationToken cancellationToken
    )
    {
        var start = await _commands.RunAsync(
            new StartTask(task, agent),
            Actor.System("race"),
            CancellationToken.None
        );
        if (!start.Succeeded || !start.Value.IsStarted)
        {
            Interlocked.Increment(ref _refused);
            return;
        }

        Interlocked.Increment(ref _started);
        await Task.Delay(Random.Shared.Next(10, 250), cancellationToken);
        var outcome =
            type == TaskType.MakeCall
                ? Random.Shared.GetItems(
                    ["answered", "voicemail", "voicemail", "no_answer", "fail"],
                    1
                )[0]
                : "sent";
        if (outcome == "fail")
        {
            await RunAsync(new FailTask(task, agent, "The line was dead."));
        }
        else
        {
            await RunAsync(new CompleteTask(task, agent, outcome, outcome == "answered" ? 30 : 0));
        }
    }

    private async Task<IReadOnlyList<Guid>> AnyWaitingAsync(TaskType type)
    {
        var word = type == TaskType.MakeCall ? "make_call" : "send_sms";
        var found = await database.DataSource.QueryAsync(
            $"SELECT id FROM tasks WHERE status = 'pending' AND type = '{word}' ORDER BY random() LIMIT 2"
        );
        return [.. found.Select(Guid.Parse)];
    }

    /// <summary>A refusal is a legal answer here; only the oracle judges.</summary>
    private async Task RunAsync<T>(ICommand<T> command) =>
        await _commands.RunAsync(command, Actor.System("race"));

    private Guid Anybody() => book.CustomerIds[Random.Shared.Next(RaceBook.Customers)];

    private static async Task EveryAsync(
        int milliseconds,
        Func<Task> act,
        CancellationToken cancellationToken
    )
    {
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(milliseconds));
        try
        {
            while (await timer.WaitForNextTickAsync(cancellationToken))
            {
                await act();
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // The run is over.
        }
    }

    private static async Task OnceAsync(
        TimeSpan after,
        Func<Task> act,
        CancellationToken cancellationToken
    )
    {
        await Task.Delay(after, cancellationToken);
        await act();
    }
}
