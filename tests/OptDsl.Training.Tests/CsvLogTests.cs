using System.Globalization;

namespace OptDsl.Training.Tests;

public sealed class CsvLogTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private string FilePath => _folder.File(Path.Combine("logs", "training.csv"));

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_step_is_a_row_and_a_name_a_column()
    {
        using (var log = new CsvLog(FilePath))
        {
            log.Write(1, ("loss", 0.5), ("rate", 1e-7));
            log.Write(2, "loss", 1.0 / 3);
            log.Write(2, "rate", double.NaN);
            log.Write(4, ("rate", double.PositiveInfinity));
        }

        Assert.Equal(["step,loss,rate", "1,0.5,1E-07", "2,0.3333333333333333,NaN", "4,,Infinity"], File.ReadAllLines(FilePath));
    }

    [Fact]
    public void A_name_that_comes_later_gets_a_column_of_its_own()
    {
        using (var log = new CsvLog(FilePath))
        {
            log.Write(1, "loss", 3);
            log.Write(2, ("loss", 2), ("validation", 2.5));
            log.Write(3, ("accuracy", 0.5), ("loss", 1));
        }

        Assert.Equal(["step,loss,validation,accuracy", "1,3,,", "2,2,2.5,", "3,1,,0.5"], File.ReadAllLines(FilePath));
    }

    [Fact]
    public void A_row_is_there_when_the_next_step_begins()
    {
        using var log = new CsvLog(FilePath);
        log.Write(1, "loss", 3);
        log.Write(2, "loss", 2);

        using var reader = new StreamReader(new FileStream(FilePath, FileMode.Open, FileAccess.Read, FileShare.ReadWrite));
        Assert.Equal("step,loss\n1,3\n", reader.ReadToEnd().ReplaceLineEndings("\n"));
    }

    [Theory]
    [InlineData(3, "step,loss|1,9|2,8|3,7|4,-4|5,-5")]
    [InlineData(7, "step,loss|1,9|2,8|3,7|4,6|5,5|8,-8|9,-9")]
    [InlineData(0, "step,loss|1,-1|2,-2")]
    public void A_training_that_resumes_goes_on_behind_its_checkpoint(long after, string expected)
    {
        using (var log = new CsvLog(FilePath))
        {
            for (var step = 1; step <= 5; step++)
                log.Write(step, "loss", 10 - step);
        }

        using (var log = new CsvLog(FilePath, after))
        {
            log.Write(after + 1, "loss", -after - 1);
            log.Write(after + 2, "loss", -after - 2);
        }

        Assert.Equal(expected.Split('|'), File.ReadAllLines(FilePath));
    }

    [Fact]
    public void A_training_that_resumes_without_a_log_begins_one()
    {
        using (var log = new CsvLog(FilePath, after: 100))
            log.Write(101, "loss", 1);

        Assert.Equal(["step,loss", "101,1"], File.ReadAllLines(FilePath));
    }

    [Fact]
    public void Another_file_is_not_written_over_in_the_belief_that_it_is_a_log()
    {
        Directory.CreateDirectory(Path.GetDirectoryName(FilePath)!);
        File.WriteAllText(FilePath, "name,price\nbread,3\n");

        var error = Assert.Throws<InvalidDataException>(() => new CsvLog(FilePath, after: 10));
        Assert.Contains("its first column is not called 'step'", error.Message, StringComparison.Ordinal);
        Assert.Equal("name,price\nbread,3\n", File.ReadAllText(FilePath));
    }

    [Fact]
    public void Names_with_commas_and_quotes_are_quoted_and_read_again()
    {
        using (var log = new CsvLog(FilePath))
            log.Write(1, "norm of \"W\", clipped", 2);
        using (var log = new CsvLog(FilePath, after: 1))
            log.Write(2, ("norm of \"W\", clipped", 3), ("loss", 1));

        Assert.Equal(["step,\"norm of \"\"W\"\", clipped\",loss", "1,2,", "2,3,1"], File.ReadAllLines(FilePath));
    }

    [Fact]
    public void Numbers_are_the_same_in_every_culture()
    {
        var before = CultureInfo.CurrentCulture;
        CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo("sv-SE");
        try
        {
            using var log = new CsvLog(FilePath);
            log.Write(1, "loss", -1.5);
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }

        Assert.Equal("1,-1.5", File.ReadAllLines(FilePath)[1]);
    }
}
