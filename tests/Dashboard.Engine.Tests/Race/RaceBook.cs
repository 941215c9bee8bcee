using Dashboard.Domain.Agents;
using Dashboard.Domain.Contacts;
using Dashboard.Domain.Tasks;
using Dashboard.Domain.Templates;
using Dashboard.Tests.Shared;

namespace Dashboard.Engine.Tests.Race;

/// <summary>Two hundred customers with two overdue invoices each, and the agents.</summary>
internal sealed class RaceBook
{
    public const int Customers = 200;

    /// <summary>Customers by number: the first 50 are marked and unmarked, the next 80 opt out, the next 30 move about.</summary>
    public List<Guid> CustomerIds { get; } = [];

    /// <summary>Two for each customer.</summary>
    public Dictionary<Guid, Guid[]> Invoices { get; } = [];

    /// <summary>People and programs at the phone.</summary>
    public List<Guid> Callers { get; } = [];

    /// <summary>A program that sends text messages.</summary>
    public List<Guid> Texters { get; } = [];

    /// <summary>The templates the messages need.</summary>
    public const string SmsTemplate = "text_reminder";

    /// <summary>Writes it.</summary>
    public async Task FillAsync(TestDatabase database)
    {
        await using var db = await database.Factory.CreateDbContextAsync();
        for (var i = 0; i < Customers; i++)
        {
            var customer = Some.Customer();
            var zone = i % 2 == 0 ? RaceRules.OpenZone : RaceRules.ClosingZone;
            var invoices = new[] { Some.Invoice(customer), Some.Invoice(customer) };
            db.AddRange(customer, Some.Profile(customer, p => p.Timezone = zone));
            db.AddRange(invoices.AsEnumerable());
            CustomerIds.Add(customer.Id);
            Invoices[customer.Id] = [.. invoices.Select(n => n.Id)];
        }

        foreach (var type in new[] { AgentType.Email, AgentType.Sms, AgentType.Phone })
        {
            db.AddRange(
                Enumerable
                    .Range(0, 2)
                    .Select(_ => Agent(type, AgentSeat.Software))
                    .ToArray<object>()
            );
        }

        Callers.AddRange(
            Enumerable
                .Range(0, 3)
                .Select(i => Add(Agent(AgentType.Phone, (AgentSeat)(1 + (i % 2)))))
        );
        Texters.Add(Add(Agent(AgentType.Sms, AgentSeat.External)));
        db.Add(
            Some.Template(t =>
            {
                (t.Name, t.Type, t.Channel) = (SmsTemplate, TemplateType.Sms, Channel.Sms);
            })
        );
        db.Add(
            Some.Template(t =>
            {
                (t.Name, t.Type, t.Channel) = (
                    "call_script",
                    TemplateType.PhoneScript,
                    Channel.Phone
                );
            })
        );
        // The program seeds its standard rules where there are none.
        db.Add(Some.Rule(r => r.IsEnabled = false));
        await db.SaveChangesAsync();

        Guid Add(Agent agent)
        {
            db.Add(agent);
            return agent.Id;
        }
    }

    /// <summary>An e-mail, a text message and a call each: about one invoice, or about all.</summary>
    public async Task AddTasksAsync(TestDatabase database)
    {
        await using var db = await database.Factory.CreateDbContextAsync();
        foreach (var (id, number) in CustomerIds.Select((id, i) => (id, i)))
        {
            foreach (var type in new[] { TaskType.SendEmail, TaskType.SendSms, TaskType.MakeCall })
            {
                db.Add(
                    new AgentTask
                    {
                        Id = Guid.CreateVersion7(),
                        Type = type,
                        Priority = TaskPriority.Medium,
                        CustomerId = id,
                        PaymentRecordId = number % 3 == 0 ? null : Invoices[id][number % 2],
                        Status = AgentTaskStatus.Pending,
                        MaxAttempts = 3,
                        DueAt = RaceClock.Now,
                        Context = new TaskContext { Template = Template(type) },
                    }
                );
            }
        }

        await db.SaveChangesAsync();
    }

    /// <summary>The template a task of this kind names.</summary>
    public static string Template(TaskType type) =>
        type switch
        {
            TaskType.SendEmail => "friendly_reminder",
            TaskType.SendSms => SmsTemplate,
            _ => "call_script",
        };

    private static Agent Agent(AgentType type, AgentSeat seat) =>
        Some.Agent(a =>
        {
            a.Type = type;
            a.MaxConcurrentTasks = seat == AgentSeat.Software ? 40 : 3;
            a.Config!.Seat = seat;
            a.LastActiveAt = RaceClock.Now;
        });
}
