using static OptDsl.Language.Backends.CSharp.RuntimeContract;

namespace OptDsl.Language.Backends.CSharp;

/// <summary>Writes one pass: the choice of its conditions and of the packs that the machine likes, and the class of its loop.</summary>
internal sealed class PassEmitter(CodeWriter writer, PassSignature signature, bool checkOverflow)
{
    /// <summary>Writes the methods that choose.</summary>
    public void WriteEntry()
    {
        if (signature.Switches.Count > 0)
            WriteSwitches();
        WriteWidths();
    }

    /// <summary>Writes the class over packs of any kind.</summary>
    public void WriteClass()
    {
        writer.Line($"/// <summary>{CSharp.Xml(Capital(RuleLayout.Traffic(signature.Pass)))}.</summary>");
        writer.Line($"file static class {signature.Class}<{string.Join(", ", signature.TypeParameters)}>");
        using (writer.Indent())
            writer.Lines(signature.Constraints);
        using (writer.Block())
        {
            var loop = new PassLoopEmitter(writer, signature, checkOverflow);
            loop.Write();
            writer.Line();
            if (signature.Sums.Count > 0)
            {
                loop.WriteRest();
                writer.Line();
            }

            new PassBodyEmitter(writer, signature).Write();
        }
    }

    private static string Capital(string text) => text == "" ? text : char.ToUpperInvariant(text[0]) + text.Substring(1);

    /// <summary>Chooses the loop by the conditions, once.</summary>
    private void WriteSwitches()
    {
        WriteHeader("", withSwitches: false);
        var switches = signature.Switches;
        using (writer.Block())
        {
            if (switches.Count == 1)
            {
                writer.Line($"if ({Test(switches[0])})");
                using (writer.Indent())
                    WriteCall([On.Name]);
                writer.Line("else");
                using (writer.Indent())
                    WriteCall([Off.Name]);
            }
            else
            {
                using (writer.Block($"switch ({string.Join(", ", switches.Select(Test))})"))
                    WriteCases([]);
            }
        }

        writer.Line();

        void WriteCases(List<string> chosen)
        {
            if (chosen.Count < switches.Count)
            {
                WriteCases([.. chosen, On.Name]);
                WriteCases([.. chosen, Off.Name]);
                return;
            }

            writer.Line($"case ({string.Join(", ", chosen.Select(side => CSharp.Bool(side == On.Name)))}):");
            using (writer.Indent())
            {
                WriteCall(chosen);
                writer.Line("break;");
            }
        }

        static string Test(ScalarArgument condition) => ScalarBlockEmitter.Scalar(condition.Scalar) + " != 0";

        void WriteCall(IEnumerable<string> chosen)
        {
            writer.Call($"{signature.Name}<{string.Join(", ", signature.TypesAfter(["T"]).Concat(chosen))}>", signature.ParameterNames);
        }
    }

    /// <summary>The widest vectors first, where the processor has them; most tensors leave nothing to the others.</summary>
    private void WriteWidths()
    {
        // Small enough to vanish into its callers, as small tensors feel a call.
        writer.Line("[MethodImpl(MethodImplOptions.AggressiveInlining)]");
        WriteHeader("", withSwitches: true);
        var switches = signature.Switches.Select(item => item.Name).ToList();
        using (writer.Block())
        {
            if (signature.Sums.Count > 0)
            {
                if (signature.HasWide)
                {
                    writer.Line("if (Vector512.IsHardwareAccelerated)");
                    using (writer.Indent())
                        writer.Call(signature.ClassFor("Wide", switches) + ".Run", signature.ParameterNames);
                    writer.Line("else");
                }

                using (signature.HasWide ? writer.Indent() : default)
                    writer.Call(signature.ClassFor("Vector", switches) + ".Run", signature.ParameterNames);
                return;
            }

            var length = $"(nuint){signature.Sized}.Length";
            if (!signature.HasWide)
            {
                writer.Call(signature.ClassFor("Vector", switches) + ".Run", ["0", length, .. signature.LoopArguments]);
                return;
            }

            writer.Line("nuint i = 0;");
            writer.Line($"var n = {length};");
            writer.Line("if (Vector512.IsHardwareAccelerated)");
            using (writer.Indent())
                writer.Call("i = " + signature.ClassFor("Wide", switches) + ".Run", ["i", "n", .. signature.LoopArguments]);
            writer.Line("if (i < n)");
            using (writer.Indent())
                writer.Call(signature.ClassFor("Vector", switches) + ".Run", ["i", "n", .. signature.LoopArguments]);
        }
    }

    private void WriteHeader(string suffix, bool withSwitches)
    {
        List<string> types = [.. signature.TypesAfter(["T"]), .. withSwitches ? signature.Switches.Select(item => item.Name) : []];
        writer.Header($"public static void {signature.Name}{suffix}<{string.Join(", ", types)}>", signature.Parameters, [
            PassSignature.ElementConstraint,
            .. signature.Pass.ReadsGradient ? [PassSignature.GradientConstraint] : Array.Empty<string>(),
            .. signature.HasStates ? [PassSignature.StatesConstraint] : Array.Empty<string>(),
            .. withSwitches ? signature.Switches.Select(item => $"where {item.Name} : struct, {ISwitch.Name}") : [],
        ]);
    }
}
