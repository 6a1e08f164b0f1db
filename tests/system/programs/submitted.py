"""A job for spark-submit that brings both artifacts; the last line is JSON: where they came from, and the answer."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import penstock
from pyspark.sql import SparkSession

sys.path.insert(0, str(Path(__file__).parents[1]))
import question

spark = SparkSession.builder.getOrCreate()
attachment = penstock.attach(spark)
spark.sql(question.LEFT).createOrReplaceTempView("penstock_l")
spark.sql(question.RIGHT).createOrReplaceTempView("penstock_r")
answer = [list(row) for row in spark.sql(question.SQL).collect()]
told = {
    "app": spark.sparkContext.applicationId,
    "origin": attachment.origin,
    "wheel": penstock.__file__,
    "rows": answer,
}
spark.stop()
print(json.dumps(told))
