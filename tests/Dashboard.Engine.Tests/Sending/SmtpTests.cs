using Dashboard.Domain.Contacts;
using Dashboard.Domain.Tasks;
using Dashboard.Tests.Shared;
using Microsoft.EntityFrameworkCore;

namespace Dashboard.Engine.Tests.Sending;

public sealed class SmtpTests : EngineTest
{
    [Fact]
    public async Task Each_mail_arrives_once_with_its_parts_its_own_id_and_a_way_out()
    {
        await using var sink = await SmtpSink.StartAsync("mailer:secret");
        var engine = SmtpEngine(
            sink,
            ("Email:Smtp:Username", "mailer"),
            ("Email:Smtp:Password", "secret"),
            ("Email:Unsubscribe:PublicAddress", "https://pay.example/"),
            ("Email:Unsubscribe:Key", "0123456789abcdef0123456789abcdef")
        );
        await Database.DataSource.ExecuteAsync("DELETE FROM templates");
        await Database.AddAsync(
            Some.Agent(a => a.MaxConcurrentTasks = 50),
            Some.Template(t =>
            {
                t.Subject = "{{customer.company_name}} owes {{total_overdue}}";
                t.Content = "Dear {{customer.contact_name}}, {{unsubscribe_url}}";
                t.HtmlContent = "<p>{{company.name}}</p>";
            })
        );
        for (var i = 0; i < 20; i++)
        {
            await Database.AddAsync(Some.Task(await CustomerAsync()));
        }

        await engine.StepAsync();
        await engine.StepAsync();
        await sink.StopAsync();

        var attempts = await AttemptsAsync();
        Assert.Equal(20, sink.Messages.Count);
        Assert.Equal(20, sink.Messages.SelectMany(m => m.To).Distinct().Count());
        Assert.All(attempts, a => Assert.Equal("smtp", a.Metadata!.Provider));
        Assert.Equal(
            attempts.Select(a => $"{a.Id}@fabrikam.example").Order(),
            attempts.Select(a => a.Metadata!.EmailId).Order()
        );
        var mail = sink.Messages[0];
        Assert.Equal("mailer", mail.User);
        Assert.Contains(
            attempts,
            a => mail.Raw.Contains($"<{a.Id}@fabrikam.example>", StringComparison.Ordinal)
        );
        Assert.Contains(
            "Subject: Northwind Tools owes USD 120.00",
            mail.Raw,
            StringComparison.Ordinal
        );
        Assert.Contains("text/plain", mail.Raw, StringComparison.Ordinal);
        Assert.Contains("<p>Fabrikam &amp; Sons</p>", mail.Raw, StringComparison.Ordinal);
        Assert.Contains(
            "List-Unsubscribe-Post: List-Unsubscribe=One-Click",
            mail.Raw,
            StringComparison.Ordinal
        );
        Assert.Contains(
            "List-Unsubscribe: <https://pay.example/unsubscribe/",
            Unfold(mail.Raw),
            StringComparison.Ordinal
        );
    }

    [Theory]
    [InlineData("reject", AgentTaskStatus.Failed, ContactStatus.Bounced, Delivery.Confirmed)]
    [InlineData("later", AgentTaskStatus.Pending, ContactStatus.Failed, Delivery.Confirmed)]
    [InlineData("drop", AgentTaskStatus.Failed, ContactStatus.Sent, Delivery.Unconfirmed)]
    public async Task What_the_server_answers_decides_whether_it_is_tried_again(
        string recipient,
        AgentTaskStatus status,
        ContactStatus contact,
        Delivery delivery
    )
    {
        await using var sink = await SmtpSink.StartAsync();
        var task = await TaskToAsync($"{recipient}@customer.example");

        await SmtpEngine(sink).StepAsync();

        Assert.Equal(status, (await TaskAsync(task.Id)).Status);
        var attempt = Assert.Single(await AttemptsAsync());
        Assert.Equal((contact, delivery), (attempt.Status, attempt.Metadata!.Delivery));
        Assert.NotNull(attempt.Metadata.Failure);
    }

    [Fact]
    public async Task A_server_whose_certificate_nobody_vouches_for_gets_no_mail()
    {
        await using var sink = await SmtpSink.StartAsync(startTls: true);
        var task = await TaskToAsync("billing@customer.example");

        await SmtpEngine(sink, ("Email:Smtp:StartTls", "true")).StepAsync();

        var after = await TaskAsync(task.Id);
        Assert.Equal((AgentTaskStatus.Pending, "not_sent"), (after.Status, after.Context.Outcome));
        Assert.Empty(sink.Messages);
    }

    [Fact]
    public async Task A_mail_server_that_is_down_is_tried_again()
    {
        await using var sink = await SmtpSink.StartAsync();
        await sink.StopAsync();
        var task = await TaskToAsync("billing@customer.example");

        await SmtpEngine(sink).StepAsync();

        Assert.Equal(AgentTaskStatus.Pending, (await TaskAsync(task.Id)).Status);
        Assert.Equal(
            1,
            (await Database.ReadAsync(db => db.Agents.SingleAsync())).Config!.ConsecutiveFailures
        );
    }

    private async Task<AgentTask> TaskToAsync(string address)
    {
        var customer = Some.Customer(c => c.Email = address);
        var task = Some.Task(customer);
        await Database.AddAsync(
            customer,
            Some.Profile(customer),
            Some.Invoice(customer),
            task,
            Some.Agent()
        );
        return task;
    }

    private EngineHost SmtpEngine(SmtpSink sink, params (string Key, string Value)[] more) =>
        NewEngine([
            ("Email:Smtp:Host", "127.0.0.1"),
            ("Email:Smtp:Port", sink.Port.ToString()),
            ("Email:Smtp:From", "ar@fabrikam.example"),
            ("Email:Smtp:StartTls", "false"),
            .. more,
        ]);

    private static string Unfold(string raw) =>
        raw.Replace("\r\n ", " ", StringComparison.Ordinal)
            .Replace(":  <", ": <", StringComparison.Ordinal);
}
