namespace Dashboard.Data.Demo;

/// <summary>A region the demo company sells to.</summary>
/// <param name="Locale">Bogus locale of names and addresses.</param>
/// <param name="Country">Country name in addresses.</param>
/// <param name="Currency">Invoices' currency.</param>
/// <param name="Weight">Customers out of 100.</param>
/// <param name="Dial">Telephone pattern; # is a digit.</param>
/// <param name="Mobile">Mobile pattern.</param>
/// <param name="Zones">Time zones, the more frequent ones repeated.</param>
internal sealed record DemoPlace(
    string Locale,
    string Country,
    string Currency,
    int Weight,
    string Dial,
    string Mobile,
    string[] Zones
)
{
    // Telephone numbers come from ranges that the regulators keep free for fiction where there is one (555-01xx, Ofcom's
    // and ACMA's drama numbers), so that no demo call can ever reach a person.
    public static IReadOnlyList<DemoPlace> All { get; } =
    [
        new(
            "en_US",
            "United States",
            "USD",
            52,
            "+1 212 555 01##",
            "+1 917 555 01##",
            [
                "America/New_York",
                "America/New_York",
                "America/Chicago",
                "America/Chicago",
                "America/Denver",
                "America/Phoenix",
                "America/Los_Angeles",
                "America/Los_Angeles",
            ]
        ),
        new(
            "en_CA",
            "Canada",
            "CAD",
            11,
            "+1 416 555 01##",
            "+1 604 555 01##",
            ["America/Toronto", "America/Toronto", "America/Vancouver", "America/Halifax"]
        ),
        new(
            "en_GB",
            "United Kingdom",
            "GBP",
            14,
            "+44 20 7946 0###",
            "+44 7700 900###",
            ["Europe/London"]
        ),
        new(
            "en_AU",
            "Australia",
            "AUD",
            9,
            "+61 2 5550 ####",
            "+61 491 570 ###",
            ["Australia/Sydney", "Australia/Melbourne", "Australia/Brisbane", "Australia/Perth"]
        ),
        new("de", "Germany", "EUR", 6, "+49 30 23125 ###", "+49 171 39200 ##", ["Europe/Berlin"]),
        new("fr", "France", "EUR", 4, "+33 1 99 00 ## ##", "+33 6 39 98 ## ##", ["Europe/Paris"]),
        new(
            "nl",
            "Netherlands",
            "EUR",
            2,
            "+31 20 555 ####",
            "+31 6 5555 ####",
            ["Europe/Amsterdam"]
        ),
        new("es", "Spain", "EUR", 2, "+34 91 555 ## ##", "+34 600 55 ## ##", ["Europe/Madrid"]),
    ];
}
