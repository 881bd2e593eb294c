namespace OptDsl.Generators.Tests.Formulas.Printed;

/// <summary>Rules as they are printed, set by set in the order in which they were written down.</summary>
internal static partial class PrintedRules
{
    public static IEnumerable<PrintedRule> All =>
    [
        .. s_descent,
        .. s_momentum,
        .. s_adaptive,
        .. s_notations,
        .. s_documentation,
        .. s_papers,
        .. s_pages,
        .. s_fresh,
        .. s_thirdLibraries,
        .. s_thirdTeaching,
        .. s_thirdPapers,
        .. s_thirdPrograms,
        .. s_fourth,
        .. s_fifthLibraries,
        .. s_fifthPapers,
        .. s_fifthTeaching,
        .. s_sixth,
        .. s_seventhPages,
        .. s_seventhPapers,
        .. s_seventhPrograms,
        .. s_eighth,
        .. s_ninthLibraries,
        .. s_ninthFrameworks,
        .. s_ninthPapers,
        .. s_ninthTeaching,
        .. s_tenthLibraries,
        .. s_tenthPapers,
        .. s_calls,
    ];
}
