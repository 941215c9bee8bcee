using Dashboard.Data.Operators;
using Microsoft.AspNetCore.Identity;

namespace Dashboard.Web.Identity;

/// <summary>
/// Length over composition (NIST SP 800-63B 5.1.1.2): at least 12 characters, none of the passwords that everyone tries,
/// nothing that only repeats or counts, not the person's own e-mail or name.
/// </summary>
internal sealed class PasswordRules : IPasswordValidator<OperatorUser>
{
    /// <summary>Fewest characters.</summary>
    public const int MinimumLength = 12;

    /// <summary>The rules, as the forms show them.</summary>
    public const string Text =
        "At least 12 characters. Not a password others use, not your name or e-mail, not a simple row such as 123456…";

    private const int FewestDifferent = 5;

    // Words that lists of leaked passwords are made of; digits and signs around them do not make them better.
    private static readonly string[] s_banned =
    [
        "password",
        "passwort",
        "passw0rd",
        "p@ssword",
        "p@ssw0rd",
        "motdepasse",
        "contraseña",
        "letmein",
        "iloveyou",
        "welcome",
        "administrator",
        "admin",
        "changeme",
        "change",
        "default",
        "secret",
        "qwerty",
        "qwertyuiop",
        "asdfghjkl",
        "zxcvbnm",
        "qazwsxedc",
        "dashboard",
        "escalation",
        "collections",
        "football",
        "baseball",
        "basketball",
        "superman",
        "batman",
        "dragon",
        "monkey",
        "sunshine",
        "princess",
        "trustno",
        "master",
        "starwars",
        "whatever",
        "summer",
        "winter",
        "spring",
        "autumn",
        "abc",
    ];

    public Task<IdentityResult> ValidateAsync(
        UserManager<OperatorUser> manager,
        OperatorUser user,
        string? password
    ) =>
        Task.FromResult(
            Problem(user, password ?? string.Empty) is { } problem
                ? IdentityResult.Failed(
                    new IdentityError { Code = "PasswordRules", Description = problem }
                )
                : IdentityResult.Success
        );

    /// <summary>What is wrong with <paramref name="password"/>, or null.</summary>
    public static string? Problem(OperatorUser user, string password)
    {
        var lower = password.ToLowerInvariant();
        if (password.Length < MinimumLength)
        {
            return $"The password needs at least {MinimumLength} characters.";
        }

        if (lower.Distinct().Count() < FewestDifferent || IsRow(lower))
        {
            return "The password only repeats or counts. Use several unrelated words, or a password manager.";
        }

        var core = lower.Trim("0123456789!?.,;:-_#*+$%&@ ".ToCharArray());
        if (core.Length == 0 || s_banned.Any(word => IsMadeOf(core, word)))
        {
            return "The password is one that everyone tries first. Use several unrelated words, or a password manager.";
        }

        return Own(user).Any(own => lower.Contains(own, StringComparison.Ordinal))
            ? "The password must not contain your name or e-mail."
            : null;
    }

    private static bool IsRow(string text) =>
        text.Zip(text.Skip(1)).All(pair => pair.Second - pair.First is 1 or -1 or 0 or -9);

    private static bool IsMadeOf(string core, string word) =>
        core.Replace(word, string.Empty, StringComparison.Ordinal).Length <= 3;

    private static IEnumerable<string> Own(OperatorUser user) =>
        new[] { user.Email?.Split('@')[0], user.DisplayName }
            .OfType<string>()
            .Select(own => own.Trim().ToLowerInvariant())
            .Where(own => own.Length >= 4);
}
