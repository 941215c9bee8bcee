using Dashboard.Data.Commands;
using Dashboard.Data.Operators;
using Dashboard.Domain.Audit;
using Dashboard.Domain.Json;
using Dashboard.Domain.Results;
using Dashboard.Tests.Shared;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace Dashboard.Data.Tests.Commands;

public sealed class DatabaseRefusalTests : IAsyncLifetime
{
    private TestDatabase _db = null!;
    private CommandRunner _runner = null!;

    public async ValueTask InitializeAsync()
    {
        _db = await TestDatabase.CreateAsync();
        _runner = new CommandRunner(_db.Factory, TimeProvider.System);
    }

    public ValueTask DisposeAsync() => _db.DisposeAsync();

    [Fact]
    public async Task A_value_that_is_taken_is_refused_in_words_with_its_field()
    {
        await _db.AddAsync(Some.Customer(c => c.Email = "a@b.example"));

        var result = await AddAsync(Some.Customer(c => c.Email = "a@b.example"));

        Assert.Equal(
            new Error("already_exists", "Another customer has the same email already.", "email"),
            result.Error
        );
    }

    [Fact]
    public async Task A_reference_to_nothing_and_a_value_out_of_range_are_refused_in_words()
    {
        var orphan = await AddAsync(Some.Invoice(Some.Customer()));
        var customer = Some.Customer();
        await _db.AddAsync(customer);
        var profile = await AddAsync(Some.Profile(customer, p => p.RiskScore = 101));

        Assert.Equal("missing_reference", orphan.Error!.Code);
        Assert.Contains("payment record", orphan.Error.Message, StringComparison.Ordinal);
        Assert.Equal("invalid", profile.Error!.Code);
        Assert.Contains("risk score", profile.Error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Rivals_that_lock_each_other_out_both_get_through()
    {
        var (one, two) = (Some.Customer(), Some.Customer());
        await _db.AddAsync(one, two);
        using var bothHoldOne = new Barrier(2);
        var tries = 0;

        Task<Result<Nothing>> LockBoth(Guid first, Guid second) =>
            Task.Run(() =>
                _runner.RunAsync(
                    new Probe<Nothing>(
                        first,
                        async (context, ct) =>
                        {
                            await TouchAsync(context, first, ct);
                            if (Interlocked.Increment(ref tries) <= 2)
                            {
                                bothHoldOne.SignalAndWait(ct);
                            }

                            await TouchAsync(context, second, ct);
                            return default(Nothing);
                        }
                    ),
                    Actors.Manager
                )
            );

        var results = await Task.WhenAll(LockBoth(one.Id, two.Id), LockBoth(two.Id, one.Id));

        Assert.All(results, r => Assert.Null(r.Error));
        Assert.Equal(3, tries);
        Assert.Equal(
            2,
            await _db.DataSource.ScalarAsync<long>(
                "SELECT count(*) FROM customers WHERE phone = 'xx'"
            )
        );
    }

    [Fact]
    public async Task Secrets_are_never_written_down()
    {
        var user = new OperatorUser
        {
            Id = Guid.CreateVersion7(),
            UserName = "maria",
            DisplayName = "Maria",
            PasswordHash = "AQAAAA-first",
            SecurityStamp = "STAMP-1",
        };
        await AddAsync(user);
        await _runner.RunAsync(
            new Probe<Nothing>(
                user.Id,
                async (context, ct) =>
                {
                    var stored = await context.Db.Users.SingleAsync(u => u.Id == user.Id, ct);
                    stored.PasswordHash = "AQAAAA-second";
                    stored.SecurityStamp = "STAMP-2";
                    return default(Nothing);
                }
            ),
            Actors.Manager
        );

        var rows = await _db.ReadAsync(db =>
            db.AuditLogs.AsNoTracking().OrderBy(a => a.Id).ToListAsync()
        );

        Assert.All(rows, r => Assert.Equal("operator", r.EntityType));
        var texts = rows.ConvertAll(r => JsonShape.Write(r.Changes));
        Assert.All(texts, t => Assert.DoesNotContain("AQAAAA", t, StringComparison.Ordinal));
        Assert.All(texts, t => Assert.DoesNotContain("STAMP", t, StringComparison.Ordinal));
        Assert.Contains("Maria", texts[0], StringComparison.Ordinal);
        Assert.Contains("[hidden]", texts[1], StringComparison.Ordinal);
    }

    private static async Task TouchAsync(CommandContext context, Guid id, CancellationToken ct) =>
        await context.Db.Database.ExecuteSqlAsync(
            $"UPDATE customers SET phone = left('x' || coalesce(substring(phone FROM '^x+$'), ''), 9) WHERE id = {id}",
            ct
        );

    private Task<Result<Nothing>> AddAsync(object entity) =>
        _runner.RunAsync(
            new Probe<Nothing>(
                Guid.CreateVersion7(),
                (context, _) =>
                {
                    context.Db.Add(entity);
                    return Task.FromResult<Result<Nothing>>(default(Nothing));
                }
            ),
            Actors.Manager
        );
}
