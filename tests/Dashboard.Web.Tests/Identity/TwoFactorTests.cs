using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using Dashboard.Data.Operators;
using Xunit;

namespace Dashboard.Web.Tests.Identity;

/// <summary>The second step: an authenticator app and recovery codes.</summary>
public sealed class TwoFactorTests(RunningProgram program) : IClassFixture<RunningProgram>
{
    [Fact]
    public async Task An_app_is_set_up_and_then_asked_for_and_a_recovery_code_works_once()
    {
        var user = await program.AddOperatorAsync(Roles.Supervisor);
        using var office = program.NewVisitor();
        await office.SignInAsync(user.Email!, RunningProgram.Password);
        var shown = await office.GetAsync("/account/two-factor");
        Assert.NotNull(shown.Page.QuerySelector(".qr svg"));
        var key = shown.Page.QuerySelector("code.id")!.TextContent;
        var wrong = await office.SubmitAsync(
            "/account/two-factor",
            "turn-on",
            ("On.Code", "000000")
        );
        Assert.Contains("does not match", wrong.Notice, StringComparison.Ordinal);
        var on = await office.SubmitAsync("/account/two-factor", "turn-on", ("On.Code", Totp(key)));
        var codes = on.Page.QuerySelectorAll(".codes li").Select(c => c.TextContent).ToList();
        Assert.Equal(10, codes.Count);

        using var phone = program.NewVisitor();
        var first = await phone.SignInAsync(user.Email!, RunningProgram.Password);
        Assert.StartsWith("/account/sign-in/code", Path(first.Location), StringComparison.Ordinal);
        Assert.False(await phone.IsInsideAsync());
        var bad = await phone.SubmitAsync(
            "/account/sign-in/code",
            "code",
            ("Input.Code", "000000")
        );
        Assert.Contains("does not work", bad.Notice, StringComparison.Ordinal);
        await phone.SubmitAsync("/account/sign-in/code", "code", ("Input.Code", Totp(key)));
        Assert.True(await phone.IsInsideAsync());

        Assert.True(await WithCodeAsync(user, codes[0]));
        Assert.False(await WithCodeAsync(user, codes[0]));
        Assert.Contains("two_factor_enabled", await program.AuditAsync(user.Id));
    }

    private async Task<bool> WithCodeAsync(OperatorUser user, string code)
    {
        using var visitor = program.NewVisitor();
        await visitor.SignInAsync(user.Email!, RunningProgram.Password);
        await visitor.SubmitAsync("/account/sign-in/code", "code", ("Input.Code", code));
        return await visitor.IsInsideAsync();
    }

    private static string Path(string location) =>
        new Uri(new Uri("http://x"), location).PathAndQuery;

    /// <summary>RFC 6238: HMAC-SHA-1, 30 s, 6 digits.</summary>
    private static string Totp(string key)
    {
        const string alphabet = "abcdefghijklmnopqrstuvwxyz234567";
        var bits = string.Concat(
            key.Where(char.IsLetterOrDigit)
                .Select(c =>
                    Convert
                        .ToString(alphabet.IndexOf(c, StringComparison.Ordinal), 2)
                        .PadLeft(5, '0')
                )
        );
        var secret = bits.Chunk(8)
            .Where(b => b.Length == 8)
            .Select(b => Convert.ToByte(new string(b), 2))
            .ToArray();
        var counter = new byte[8];
        BinaryPrimitives.WriteInt64BigEndian(
            counter,
            TimeProvider.System.GetUtcNow().ToUnixTimeSeconds() / 30
        );
        var hash = Hmac(secret, counter);
        var offset = hash[^1] & 15;
        var number = BinaryPrimitives.ReadInt32BigEndian(hash.AsSpan(offset)) & int.MaxValue;
        return (number % 1_000_000).ToString("D6", CultureInfo.InvariantCulture);
    }

    private static byte[] Hmac(byte[] secret, byte[] counter)
    {
        using var hash = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA1, secret);
        hash.AppendData(counter);
        return hash.GetHashAndReset();
    }
}
