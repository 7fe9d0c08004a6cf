"""The others, each as its documentation recommends: python RUNNER.py FOLDER writes FOLDER/found.jsonl.

`FOLDER`/urls.txt holds the addresses of all articles, one a line.
"""
