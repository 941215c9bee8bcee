using Dashboard.Data.OptOuts;
using Dashboard.Data.Tests.Commands;
using Dashboard.Domain.OptOuts;
using Dashboard.Domain.Tasks;
using Dashboard.Tests.Shared;
using Xunit;

namespace Dashboard.Data.Tests.OptOuts;

public sealed class ImportOptOutsTests : OptOutTest
{
    [Fact]
    public async Task A_file_is_recorded_once_and_each_bad_row_says_where_and_why()
    {
        var one = await CustomerAsync();
        var two = await CustomerAsync();
        var task = await TaskAsync(one, TaskType.SendEmail);
        var file = await ReadAsync(
            $"""
            email,customer_id,phone,channel,reason,expires_at,source,shoe size
            {one.Email.ToUpperInvariant()},,,email,"No, thanks",,letter,44
            ,{two.Id},,SMS,,2027-01-31,,
            ,,{two.Mobile},voice,,2027-01-31T18:00:00+01:00,,
            nobody@example.com,,,email,,,,
            {one.Email},,,fax,,31.1.2027,,
            {one.Email},{two.Id},,email,,,,
            ,,,all,,,,
            {one.Email},,,phone,,2020-01-01,,
            "unclosed,,,email,,,,
            """
        );

        Assert.Equal(["shoe_size"], file.Ignored);
        Assert.Equal(
            [(6, "channel"), (6, "expires_at"), (8, null), (10, null)],
            file.Faults.Select(f => ((int)f.Line, f.Column))
        );
        var done = await DoneAsync(new ImportOptOuts(file.Rows), Actors.Manager);

        Assert.Equal((3, 0, 0, 1), (done.Added, done.Changed, done.Unchanged, done.Cancelled));
        Assert.Equal(
            [(5, "email"), (7, "email"), (9, "expires_at")],
            done.Faults.Select(f => ((int)f.Line, f.Column)).Order()
        );
        Assert.Equal(AgentTaskStatus.Cancelled, await StatusAsync(task));
        var rows = await RowsAsync(two);
        // The last day is over at midnight in New York.
        Assert.Equal(
            new DateTime(2027, 2, 1, 5, 0, 0, DateTimeKind.Utc),
            rows.Single(o => o.Channel == OptOutChannel.Sms).ExpiresAt
        );
        Assert.Equal(
            new DateTime(2027, 1, 31, 17, 0, 0, DateTimeKind.Utc),
            rows.Single(o => o.Channel == OptOutChannel.Phone).ExpiresAt
        );
        Assert.Equal("letter", Assert.Single(await RowsAsync(one)).Metadata!.Source);

        var again = await DoneAsync(new ImportOptOuts(file.Rows), Actors.Manager);

        Assert.Equal((0, 0, 3), (again.Added, again.Changed, again.Unchanged));
    }

    [Fact]
    public async Task A_check_writes_nothing_and_says_what_would_happen()
    {
        var customer = await CustomerAsync();
        await DoneAsync(new AddOptOut(customer.Id, OptOutChannel.Email, null, Some.Now.AddDays(1)));
        var file = await ReadAsync(
            $"customer_id;channel\n{customer.Id};email\n{customer.Id};sms\n"
        );

        await using var db = await Database.Factory.CreateDbContextAsync();
        var check = await new ImportOptOuts(file.Rows).CheckAsync(
            db,
            Clock.Now,
            CancellationToken.None
        );

        Assert.Equal((1, 1, 0), (check.Added, check.Changed, check.Unchanged));
        Assert.Single(await RowsAsync(customer));
    }

    [Fact]
    public async Task A_file_without_the_columns_is_refused_with_what_it_needs()
    {
        var path = await WriteAsync("name,phone\nAda,1\n");

        var result = OptOutFile.Read(path);

        Assert.Contains("channel", result.Error!.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_number_of_two_customers_names_nobody()
    {
        var one = await CustomerAsync("+12125557777");
        await CustomerAsync("+1 212 555 7777");
        var file = await ReadAsync($"phone,channel\n{one.Mobile},sms\n");

        var done = await DoneAsync(new ImportOptOuts(file.Rows));

        var fault = Assert.Single(done.Faults);
        Assert.Equal((2L, "phone"), (fault.Line, fault.Column));
        Assert.Equal(0, done.Added);
    }

    private static async Task<OptOutFile> ReadAsync(string text)
    {
        var result = OptOutFile.Read(await WriteAsync(text));
        Assert.Null(result.Error);
        return result.Value;
    }

    private static async Task<string> WriteAsync(string text)
    {
        var path = Path.Combine(Path.GetTempPath(), $"{Guid.CreateVersion7():N}.csv");
        await File.WriteAllTextAsync(path, text);
        return path;
    }
}
