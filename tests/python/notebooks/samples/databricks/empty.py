# Databricks notebook source

